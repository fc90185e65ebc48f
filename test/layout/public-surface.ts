import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src/json/is-object.ts';
import { readSourceFile } from './source-files.ts';

/** What users of this project have in their scripts, configurations, documents and tests: lists of names, each sorted. */
export interface PublicSurface {
  /** Names that each entry of the package exports. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
  /** Commands with their flags, as `serve --port`. */
  readonly flags: readonly string[];
  /** Keys of the configuration and of `x-sparring`, as paths into their schemas. */
  readonly configuration: readonly string[];
  readonly extension: readonly string[];
  /** `sparring-*` header names. */
  readonly headers: readonly string[];
  /** Variables of the environment. */
  readonly variables: readonly string[];
  readonly checks: readonly string[];
  /** Keys of the JSON report, as paths. */
  readonly report: readonly string[];
  /** Codes of errors. */
  readonly errors: readonly string[];
}

export async function readPublicSurface(root: string): Promise<PublicSurface> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const source = globSync('src/**/*.ts', { cwd: root }).map(read).join('\n');
  const json = (path: string): unknown => JSON.parse(read(path));
  const report: unknown = JSON.parse(
    run(root, ['test', 'authentic', '--max-cases', '40', '--reporter', 'json']),
  );
  return {
    exports: {
      index: readSourceFile('index.ts', read('src/index.ts')).exported.toSorted(),
      vitest: readSourceFile('vitest.ts', read('src/vitest.ts')).exported.toSorted(),
    },
    flags: flagsOf(root),
    configuration: schemaKeys(json('openapi/sparring.config.schema.json')),
    extension: schemaKeys(json('openapi/x-sparring.schema.json')),
    headers: sorted(source.match(/\bsparring-(?:namespace|violations|notes|problem|exchange|[a-z]+-id)\b/g)),
    variables: sorted(source.match(/\bSPARRING_[A-Z_]+\b/g)),
    checks: await checkIds(root),
    report: sorted(keyPaths(report)),
    errors: sorted(
      [...read('src/errors.ts').matchAll(/^ {2}'?([a-z][a-z-]+)'?: \{/gm)].map(([, code]) => code ?? ''),
    ),
  };
}

async function checkIds(root: string): Promise<readonly string[]> {
  const { checks }: { checks: readonly { readonly id: string }[] } = await import(
    join(root, 'src/contract/checks/index.ts')
  );
  return sorted(checks.map(({ id }) => id));
}

function run(root: string, words: readonly string[]): string {
  return execFileSync('node', ['src/cli.ts', ...words], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

function flagsOf(root: string): readonly string[] {
  const commands = [...run(root, ['--help']).matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(
    ([, name]) => name ?? '',
  );
  return sorted(
    commands
      .filter((name) => name !== 'help')
      .flatMap((name) => {
        const text = run(root, [name, '--help']);
        return [
          name,
          ...[...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => `${name} ${flag}`),
        ];
      }),
  );
}

function schemaKeys(schema: unknown, path = ''): readonly string[] {
  if (Array.isArray(schema)) return sorted(schema.flatMap((part) => schemaKeys(part, path)));
  if (!isObject(schema)) return [];
  return sorted(
    Object.entries(schema).flatMap(([key, value]) => {
      if ((key === 'properties' || key === '$defs') && isObject(value))
        return Object.entries(value).flatMap(([name, part]) => [
          `${path}/${name}`,
          ...schemaKeys(part, `${path}/${name}`),
        ]);
      return schemaKeys(value, path);
    }),
  );
}

/** Names of objects' keys on the way to every value; what stands under names of the document's own is left out. */
function keyPaths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keyPaths(item, `${path}[]`));
  if (!isObject(value) || path === '/rules') return [];
  return Object.entries(value).flatMap(([key, item]) => [
    `${path}/${key}`,
    ...keyPaths(item, `${path}/${key}`),
  ]);
}

function sorted(names: Iterable<string> | null): readonly string[] {
  return [...new Set(names ?? [])].toSorted();
}
