import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, makeFolder, petstore, runSparring, startServer, stopServers } from './run-sparring.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});
afterEach(stopServers);
afterAll(() => folder.remove());

/** A working folder that holds one configuration file. */
async function folderWith(name: string, file: string, text: string): Promise<string> {
  const cwd = join(folder.path, name);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, file), text);
  return cwd;
}

/** The time of the default namespace's clock, which a configuration sets to tell itself from others. */
async function timeOf(server: Awaited<ReturnType<typeof startServer>>): Promise<string> {
  const clock = await (await server.fetch('/_sparring/clock')).json();
  return String(clock.now).slice(0, 10);
}

describe('a configuration file', () => {
  it.for([
    ['sparring.config.json', (config: object) => JSON.stringify(config)],
    ['sparring.config.yaml', (config: object) => `# ours\n${JSON.stringify(config)}\n`],
    [
      'sparring.config.ts',
      (config: object) => `const config: object = ${JSON.stringify(config)};\nexport default config;\n`,
    ],
  ] as const)('%s is read from the working folder', async ([file, render]) => {
    const cwd = await folderWith(
      file,
      file,
      render({ apis: [petstore], now: '2031-05-06T00:00:00Z', json: true }),
    );
    const server = await startServer([], { cwd, json: true });
    expect(jsonLines(server.output.stdout)[0].apis).toEqual([
      { name: 'petstore', url: `${server.url}/petstore` },
    ]);
    expect(await timeOf(server)).toBe('2031-05-06');
  });

  it('yields to variables, and both to flags', async () => {
    const config = { apis: [petstore], now: '2031-01-01T00:00:00Z' };
    const cwd = await folderWith('order', 'sparring.config.json', JSON.stringify(config));
    const env = { SPARRING_NOW: '2032-01-01T00:00:00Z' };
    const variable = await startServer([], { cwd, env });
    const flag = await startServer(['--now', '2033-01-01T00:00:00Z'], { cwd, env });
    expect([await timeOf(variable), await timeOf(flag)]).toEqual(['2032-01-01', '2033-01-01']);
  });

  it('keeps the settings and credentials that no flag sets', async () => {
    const cwd = await folderWith(
      'merged',
      'own.json',
      JSON.stringify({
        apis: ['hive'],
        credentials: { hive: { basic: { username: 'me', password: 'mine' } } },
        settings: { hive: { sandbox: true } },
      }),
    );
    const server = await startServer(['--config', 'own.json', '--set', 'hive.check_delay=5s'], { cwd });
    const answer = await server.fetch('/hive/token', {
      headers: { authorization: `Basic ${btoa('me:mine')}` },
    });
    expect(answer.status).toBe(200);
  });

  it('names paths relative to itself', async () => {
    await folderWith('relative/apis', 'cats.json', JSON.stringify(cats));
    await folderWith('relative', 'sparring.config.yaml', 'apis: [./apis/cats.json]\ndata: state.json\n');
    const server = await startServer(['--config', 'relative/sparring.config.yaml'], { cwd: folder.path });
    expect((await server.fetch('/cats/cats')).status).toBe(204);
  });
});

const cats = {
  openapi: '3.1.0',
  info: { title: 'Cats', version: '1' },
  paths: { '/cats': { get: { operationId: 'listCats', responses: { 204: { description: 'None' } } } } },
};

describe('a configuration that is wrong ends with code 2', () => {
  it.for([
    ['an unknown field, with the nearest', { prot: 4000 }, /sparring\.config\.json[\s\S]*prot[\s\S]*port/],
    ['a port out of range', { port: 70000 }, /port[\s\S]*65535/],
    ['a latency that is none', { latency: 'soon' }, /latency[\s\S]*200ms/],
    ['a time that is none', { now: 'yesterday' }, /now[\s\S]*date-time/],
    ['a setting of an API that is not served', { settings: { hvie: {} } }, /hvie[\s\S]*hive/],
    [
      'an unknown field of a credential',
      { credentials: { hive: { basic: { usernmae: 'me' } } } },
      /usernmae[\s\S]*username/,
    ],
    ['a list instead of an object', [], /object/],
  ] as const)('%s', async ([title, config, message]) => {
    const cwd = await folderWith(title.replaceAll(' ', '-'), 'sparring.config.json', JSON.stringify(config));
    const { code, stderr, stdout } = await runSparring(['serve', '--port', '0'], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.for([
    ['JSON that does not parse', 'sparring.config.json', '{ "port": }'],
    ['YAML that does not parse', 'sparring.config.yaml', 'port: [1\nseed: }'],
    ['TypeScript that does not parse', 'sparring.config.ts', 'export default {'],
    ['a module without a default export', 'sparring.config.ts', 'export const port = 1;'],
  ] as const)('%s', async ([title, file, text]) => {
    const cwd = await folderWith(title.replaceAll(' ', '-'), file, text);
    const { code, stderr } = await runSparring(['serve', '--port', '0'], { cwd });
    expect(stderr).toContain(file);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
  });

  it('a file that is not there', async () => {
    const { code, stderr } = await runSparring(['serve', '--config', 'none.yaml'], { cwd: folder.path });
    expect(stderr).toContain('none.yaml');
    expect(code).toBe(2);
  });
});
