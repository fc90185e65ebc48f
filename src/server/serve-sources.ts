import { basename } from 'node:path';
import { SparringError } from '../errors.ts';
import { nearest } from '../json/nearest.ts';
import type { ApiDocument } from '../openapi/document/document.ts';
import { bundledApis, findApi, isBundled } from '../openapi/load/bundled-apis.ts';
import { loadDocument } from '../openapi/load/load-document.ts';
import { loadProvider } from '../providers/index.ts';
import type { InlineDocument, MockOptions, NamedDocument } from './model/mock-options.ts';
import type { ServedApi } from './model/served-api.ts';
import { serveApi } from './serve-api.ts';

type Sources = Pick<
  MockOptions,
  | 'apis'
  | 'auth'
  | 'credentials'
  | 'fixtures'
  | 'invalidStatus'
  | 'onNotice'
  | 'records'
  | 'settings'
  | 'strictIds'
> & {
  /** See `serveApi`. */
  readonly secret?: string | undefined;
};

/** Loads the documents of a mock and makes each ready to be served. Throws as `createMock` does. */
export async function serveAll(options: Sources): Promise<Map<string, ServedApi>> {
  const sources = options.apis ?? bundledApis().map(({ name }) => name);
  const apis = new Map<string, ServedApi>();
  for (const api of await Promise.all(sources.map((source) => serveSource(source, options)))) {
    if (apis.has(api.name)) {
      throw new SparringError('usage', `Two documents are both named "${api.name}".`, {
        next: 'Give one of them another name: --name <document>=<name>, or { name, file } in the library.',
      });
    }
    apis.set(api.name, api);
  }
  for (const name of [...Object.keys(options.credentials ?? {}), ...Object.keys(options.settings ?? {})]) {
    if (!apis.has(name)) throw unknownApi(name, [...apis.keys()]);
  }
  return apis;
}

/** Loads one document and makes it ready to be served. */
export async function serveSource(source: Source, options: Sources): Promise<ServedApi> {
  const document = await loadSource(source);
  const { name } = document;
  if (options.onNotice)
    for (const message of document.warnings()) options.onNotice({ level: 'warning', message });
  return serveApi(document, {
    provider: await loadProvider(name),
    auth: options.auth,
    secret: options.secret,
    invalidStatus: options.invalidStatus,
    credentials: options.credentials?.[name],
    settings: options.settings?.[name],
    invention: {
      records: options.records,
      strictIds: options.strictIds,
      isEmpty: options.fixtures === false || fixturesOf(options.fixtures, name) === false,
    },
  });
}

type Source = string | InlineDocument | NamedDocument;

async function loadSource(source: Source): Promise<ApiDocument> {
  if (typeof source === 'string') return loadDocument(findApi(source));
  if (!('file' in source)) return loadDocument(source);
  const { name } = source;
  const file = findApi(source.file);
  if (!/^[a-z0-9-]{1,64}$/.test(name)) {
    throw new SparringError('usage', `An API cannot be named "${name.slice(0, 80)}".`, {
      next: 'Use 1 to 64 of a-z, 0-9 and -.',
    });
  }
  if (isBundled(file) && basename(file, '.yaml') !== name) {
    throw new SparringError('usage', `The bundled API ${basename(file, '.yaml')} keeps its name.`, {
      next: 'Name your own documents with --name <document>=<name>.',
    });
  }
  return loadDocument(file, { name });
}

function fixturesOf(fixtures: Sources['fixtures'], name: string): string | false | undefined {
  return typeof fixtures === 'object' ? fixtures[name] : undefined;
}

function unknownApi(name: string, known: readonly string[]): SparringError {
  const guess = nearest(name, known);
  return new SparringError('unknown-api', `No API named "${name}" is served.`, {
    next: guess ? `Did you mean ${guess}?` : `Served are: ${known.join(', ')}.`,
  });
}
