import { SparringError } from '../errors.ts';
import { nearest } from '../json/nearest.ts';
import { bundledApis, findApi } from '../openapi/load/bundled-apis.ts';
import { loadDocument } from '../openapi/load/load-document.ts';
import { loadProvider } from '../providers/index.ts';
import type { InlineDocument, MockOptions } from './model/mock-options.ts';
import type { ServedApi } from './model/served-api.ts';
import { serveApi } from './serve-api.ts';

type Sources = Pick<MockOptions, 'apis' | 'credentials' | 'onNotice' | 'settings'>;

/** Loads the documents of a mock and makes each ready to be served. Throws as `createMock` does. */
export async function serveAll(options: Sources): Promise<Map<string, ServedApi>> {
  const sources = options.apis ?? bundledApis().map(({ name }) => name);
  const apis = new Map<string, ServedApi>();
  for (const api of await Promise.all(sources.map((source) => serveSource(source, options)))) {
    if (apis.has(api.name)) {
      throw new SparringError('usage', `Two documents are both named "${api.name}".`, {
        next: 'Rename one of the files.',
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
export async function serveSource(source: string | InlineDocument, options: Sources): Promise<ServedApi> {
  const document = await loadDocument(typeof source === 'string' ? findApi(source) : source);
  const { name } = document;
  if (options.onNotice)
    for (const message of document.warnings()) options.onNotice({ level: 'warning', message });
  return serveApi(document, {
    provider: await loadProvider(name),
    credentials: options.credentials?.[name],
    settings: options.settings?.[name],
  });
}

function unknownApi(name: string, known: readonly string[]): SparringError {
  const guess = nearest(name, known);
  return new SparringError('unknown-api', `No API named "${name}" is served.`, {
    next: guess ? `Did you mean ${guess}?` : `Served are: ${known.join(', ')}.`,
  });
}
