import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

/** Sparring's own admin API is no provider, and nothing is typed from its document. */
const noProviders: ReadonlySet<string> = new Set(['sparring-admin.yaml']);

export interface GeneratedFile {
  /** Absolute path of the TypeScript file, such as `…/src/providers/generated/hive.ts`. */
  readonly path: string;
  /** What it must hold. */
  readonly text: string;
  /** Whether it holds that already. */
  readonly fresh: boolean;
}

/**
 * Types of every provider's document, one file each; writes nothing.
 * `root` is the absolute path of the folder that holds `openapi/` and `src/`.
 */
export async function generateTypes(root: string): Promise<GeneratedFile[]> {
  const names = await readdir(join(root, 'openapi'));
  const documents = names.filter((name) => name.endsWith('.yaml') && !noProviders.has(name)).sort();
  return Promise.all(documents.map((name) => generateFile(root, name)));
}

async function generateFile(root: string, name: string): Promise<GeneratedFile> {
  const path = join(root, 'src/providers/generated', `${basename(name, '.yaml')}.ts`);
  const types = astToString(await openapiTS(pathToFileURL(join(root, 'openapi', name)), { silent: true }));
  const header = `// Types of openapi/${name}, made by \`npm run types\`. Edit the document, not this file.\n`;
  const text = `${header}\n${types}`;
  return { path, text, fresh: (await readIfThere(path)) === text };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `npm run types` writes what is stale; with `--check` it only names it and exits 1. A tool of this repository, not of its users. */
async function main(check: boolean): Promise<void> {
  const files = await generateTypes(join(import.meta.dirname, '../../..'));
  for (const { path, text } of files.filter(({ fresh }) => !fresh)) {
    console.log(`${check ? 'stale' : 'written'}: ${path}`);
    if (check) process.exitCode = 1;
    else await writeFile(path, text);
  }
}

if (import.meta.main) await main(process.argv.includes('--check'));
