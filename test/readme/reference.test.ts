import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { runSparring } from '../commands/run-sparring.ts';
import { blocksOf, commandsOf, readPage, root } from './pages.ts';

type Json = Readonly<Record<string, unknown>>;

const methods = ['get', 'put', 'post', 'patch', 'delete'];

it('the page of the admin API calls every operation', () => {
  const { paths } = objectOf(load(readFileSync(join(root, 'openapi/sparring-admin.yaml'), 'utf8')));
  const operations = Object.entries(objectOf(paths)).flatMap(([path, item]) =>
    methods.filter((method) => method in objectOf(item)).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const called = commandsIn('docs/guide/admin-api.md').flatMap(callsIn);
  const matches = (operation: string) => called.some((call) => patternOf(operation).test(call));
  expect(operations.length).toBeGreaterThan(40);
  expect(operations.filter((operation) => !matches(operation))).toEqual([]);
});

it('the page of the configuration shows every key, and only such as the schema takes', () => {
  const schema = objectOf(
    JSON.parse(readFileSync(join(root, 'openapi/sparring.config.schema.json'), 'utf8')),
  );
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  const shown = blocksOf('docs/guide/configuration.md')
    .filter(
      ({ fileName = 'sparring.config.yaml', language }) => language === 'yaml' && fileName.includes('config'),
    )
    .map(({ line, text }) => ({ line, config: objectOf(load(text)) }));
  const refused = shown.filter(({ config }) => !validate(config));
  expect(refused.map(({ line }) => line)).toEqual([]);
  for (const at of [[], ['test']]) {
    const keys = Object.keys(
      objectOf(
        objectAt(
          schema,
          at.flatMap((name) => ['properties', name]),
        ).properties,
      ),
    );
    const used = new Set(shown.flatMap(({ config }) => Object.keys(objectAt(config, at))));
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  }
});

it('the page of the configuration names every variable', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'));
  const known = new Set(sources.flatMap((text) => text.match(/\bSPARRING_[A-Z_]*[A-Z]\b/g) ?? []));
  const page = readPage('docs/guide/configuration.md');
  expect(known.size).toBeGreaterThan(15);
  expect([...known].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('the page of the CI names every reporter', async () => {
  const { stdout } = await runSparring(['test', '--help']);
  const reporters = /one of ([a-z0-9, ]+);/.exec(stdout.replace(/\s+/g, ' '))?.[1]?.split(', ') ?? [];
  const page = readPage('docs/guide/ci.md');
  expect(reporters.length).toBeGreaterThan(5);
  expect(reporters.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('README is one page', () => {
  expect(readPage('README.md').split('\n').length).toBeLessThanOrEqual(150);
});

function commandsIn(page: string): readonly string[] {
  return blocksOf(page)
    .filter(({ language, mark }) => language === 'sh' && mark === '')
    .flatMap(commandsOf)
    .map(({ text }) => text);
}

/** The admin calls of a line, as `METHOD /path`. */
function callsIn(line: string): readonly string[] {
  const [, path] = /\/_sparring(\/[^\s'"?)]*)/.exec(line) ?? [];
  if (path === undefined) return [];
  const method = /-X ([A-Z]+)/.exec(line)?.[1] ?? (/ -d /.test(line) ? 'POST' : 'GET');
  return [`${method} ${path}`];
}

function patternOf(operation: string): RegExp {
  return new RegExp(`^${operation.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function objectAt(value: Json, keys: readonly string[]): Json {
  return keys.reduce<Json>((part, key) => objectOf(part[key]), value);
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
