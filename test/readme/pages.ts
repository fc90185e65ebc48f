import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * One fenced block of a page. Its first line, ``` and what follows, says what becomes of it here:
 *
 * - `sh`: its lines are run, in the page's own shell, after the lines above it on the page;
 * - `sh parse`: needs a network or a server of yours; its `sparring` lines are read by the command line's own parser, and not run;
 * - `ts`: the text of a test beside this file, which is run like every other test;
 * - `js`: a program; its first line names its file, which the page's lines run;
 * - `yaml`, `json`: a file where its first line names one, else a part of a document (`x-sparring:`);
 * - `yaml parse`: read as YAML and no more, such as another tool's configuration;
 * - `text`, or nothing: shown, and not checked.
 */
export interface Block {
  readonly page: string;
  /** Of its first line of text, from 1. */
  readonly line: number;
  readonly language: string;
  readonly mark: string;
  readonly text: string;
  /** What the first line names: `# orders.yaml`, `// receiver.js`. */
  readonly fileName: string | undefined;
}

const languages = ['sh', 'ts', 'js', 'yaml', 'json', 'text', ''];
const marks: Readonly<Record<string, readonly string[]>> = { sh: ['', 'parse'], yaml: ['', 'parse'] };

/** The pages that a newcomer reads, by their paths. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('../../docs/guide/', import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/guide/${name}`),
];

export function readPage(page: string): string {
  return readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
}

export function blocksOf(page: string): readonly Block[] {
  return blocksIn(readPage(page), page);
}

/** The fenced blocks of a page's text, in their order. Throws where a block is of a kind that nobody checks. */
export function blocksIn(text: string, page: string): readonly Block[] {
  return Array.from(
    text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm),
    ({ 1: info = '', 2: inside = '', index }) => {
      const [language = '', mark = '', ...rest] = info.trim().split(' ');
      const line = text.slice(0, index).split('\n').length + 1;
      if (!languages.includes(language) || !(marks[language] ?? ['']).includes(mark) || rest.length > 0)
        throw new Error(`${page}:${line - 1}: nobody checks a block that begins with \`\`\`${info}.`);
      const fileName = /^(?:#|\/\/) ([\w.-]+\.(?:ya?ml|json|m?js|ts))$/m.exec(
        inside.split('\n', 1)[0] ?? '',
      )?.[1];
      return { page, line, language, mark, text: inside, fileName };
    },
  );
}

/** One command of an `sh` block. */
export interface Command {
  readonly line: number;
  /** Without its comment; lines that end in `\` are joined. */
  readonly text: string;
  /** What it ends with, `# exit code 1`; 0 without a word. */
  readonly exitCode: number;
  /** The status that its curl line is answered with, `# 404`; undefined: any below 400. */
  readonly status: number | undefined;
}

export function commandsOf(block: Block): readonly Command[] {
  const commands: Command[] = [];
  let open = '';
  for (const [index, line] of block.text.split('\n').entries()) {
    const [, code = line, comment = ''] = /^(.*?)(?:(?:^|\s+)#\s(.*))?$/.exec(line) ?? [];
    if (code.endsWith('\\')) {
      open += `${code.slice(0, -1).trim()} `;
      continue;
    }
    const text = `${open}${code.trim()}`;
    open = '';
    if (text === '') continue;
    const exitCode = Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0);
    const status = /^(\d{3})\b/.exec(comment)?.[1];
    commands.push({
      line: block.line + index,
      text,
      exitCode,
      status: status === undefined ? undefined : Number(status),
    });
  }
  return commands;
}
