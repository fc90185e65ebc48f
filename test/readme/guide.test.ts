import { readdirSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { blocksIn, blocksOf, commandsOf, pages } from './pages.ts';
import { faultOf } from './parse-command.ts';
import { runPage } from './run-page.ts';

/** The tests beside this one; a page shows some of them. */
const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'));

const runnable = pages.filter((page) =>
  blocksOf(page).some(({ language, mark }) => language === 'sh' && mark === ''),
);

describe.concurrent('the lines of', () => {
  it.for(runnable.map((page) => [page] as const))(
    '%s do what the page says',
    { timeout: 90_000 },
    async ([page], { expect }) => {
      const { code, transcript } = await runPage(blocksOf(page));
      expect(code, transcript).toBe(0);
    },
  );
});

describe.for(pages.map((page) => [page] as const))('%s', ([page]) => {
  const blocks = blocksOf(page);

  it('gives lines that are not run here the flags that there are', () => {
    const lines = blocks
      .filter(({ language, mark }) => language === 'sh' && mark === 'parse')
      .flatMap(commandsOf)
      .filter(({ text }) => /\bsparring\b/.test(text));
    expect(
      lines.flatMap(({ line, text }) => faultOf(text) && `${page}:${line}: ${faultOf(text)}`).filter(Boolean),
    ).toEqual([]);
  });

  it('leaves out only what needs the internet, a server or a suite of the reader', () => {
    const idle = blocks
      .filter(({ language, mark }) => language === 'sh' && mark === 'parse')
      .flatMap((block) => commandsOf(block).map((command) => ({ block, command })))
      .filter(
        ({ command }) =>
          !/https:\/\/|\bcleanup \S+\.jsonl|-- npm test|^npx vitest|^sparring mutate \w+ --max/.test(
            command.text,
          ),
      );
    expect(idle.map(({ block, command }) => `${block.page}:${command.line}`)).toEqual([]);
  });

  it('shows tests as they are run', () => {
    const shown = blocks.filter(({ language }) => language === 'ts');
    const unknown = shown.filter(({ fileName, text }) => fileName === undefined && !tests.includes(text));
    expect(unknown.map(({ line }) => `${page}:${line}`)).toEqual([]);
  });

  it('runs the programs that it shows', () => {
    const lines = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);
    const idle = blocks
      .filter(({ language }) => language === 'js')
      .filter(({ fileName }) => fileName === undefined || !lines.some(({ text }) => text.includes(fileName)));
    expect(idle.map(({ line }) => `${page}:${line}`)).toEqual([]);
  });

  it('shows YAML and JSON that can be read', () => {
    for (const { language, text } of blocks) {
      if (language === 'yaml') expect(loadAll(text).length).toBeGreaterThan(0);
      if (language === 'json') expect(JSON.parse(text)).toBeTypeOf('object');
    }
  });
});

describe.concurrent('a line', () => {
  const serving = 'sparring serve authentic\n';
  const hooks = 'http://127.0.0.1:4010/authentic/api/v2/producers/hooks';

  it.for([
    ['that ends with another exit code', 'sparring lst', 'ended with 2'],
    ['whose exit code was to be another', 'sparring list # exit code 1', 'ended with 0'],
    ['that is refused', `${serving}curl ${hooks}`, 'was answered 403'],
    ['that is answered another status', `${serving}curl ${hooks} # 404`, 'was answered 403'],
    [
      'that was to be refused',
      `${serving}curl -H 'an-api-token: authentic-demo-token' ${hooks} # 401`,
      'was answered 200',
    ],
    ['that finds nobody', 'curl http://127.0.0.1:4010/', 'ended with 7'],
    ['whose script is not there', 'npm run nothing', 'ended with 1'],
  ] as const)('%s fails its page', async ([, lines, told], { expect }) => {
    const { code, transcript } = await runPage(blocksIn(`\`\`\`sh\n${lines}\n\`\`\`\n`, 'a page'));
    expect(code).toBe(1);
    expect(transcript).toContain(told);
  });
});

it('refuses a block of a kind that nobody checks', () => {
  expect(() => blocksIn('```sh later\nsparring list\n```\n', 'a page')).toThrow('nobody checks');
  expect(() => blocksIn('```rust\nfn main() {}\n```\n', 'a page')).toThrow('nobody checks');
});

it('checks that flags exist and take their values', () => {
  expect(faultOf('sparring test hive --url https://example.com --write')).toBeUndefined();
  expect(faultOf('npm run sparring -- diff hive --right https://example.com')).toBeUndefined();
  expect(faultOf('sparring test hive --urls https://example.com')).toContain('--urls');
  expect(faultOf('sparring serve --port seventy')).toContain('port');
  expect(faultOf('sparring tset hive')).toContain('tset');
  expect(faultOf('sparring test --write')).toContain('argument');
});
