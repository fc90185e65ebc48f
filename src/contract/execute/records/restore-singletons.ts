import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { Environment, KeptSingleton } from '../environment/environment.ts';
import { sendRequest } from './send-request.ts';

/** Puts back what the run has written to and there is one of, and looks whether it is as it was; what is not is told. */
export async function restoreSingletons(environment: Environment): Promise<void> {
  const { leftovers, singletons } = environment;
  const all = await Promise.all(singletons.values());
  singletons.clear();
  for (const kept of all) {
    if (!kept || isSame(await readNow(environment, kept), kept.value)) continue;
    await exchange(environment, kept, kept.write, writable(environment, kept));
    const now = await readNow(environment, kept);
    if (isSame(now, kept.value)) continue;
    leftovers.push({
      collection: kept.read.path,
      id: 'as it is',
      reason: `it could not be put back; it was ${JSON.stringify(kept.value).slice(0, 300)}`,
    });
  }
}

async function readNow(environment: Environment, kept: KeptSingleton): Promise<unknown> {
  return (await exchange(environment, kept, kept.read))?.json?.value;
}

async function exchange(
  environment: Environment,
  { path }: KeptSingleton,
  operation: Operation,
  body?: JsonObject,
) {
  const mediaType = operation.requestBody?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.name;
  const sent = await sendRequest(environment, {
    operation,
    template: {
      method: operation.method.toUpperCase(),
      path,
      query: {},
      headers: {},
      cookies: {},
      body: body && { mediaType: mediaType ?? 'application/json', value: body },
      credentials: 'valid',
    },
    expect: 'any',
    role: 'cleanup',
    namespace: environment.namespace,
  });
  return 'missing' in sent ? undefined : sent.response;
}

/** What may be written of what was read: without fields that the document has as read-only. */
function writable({ context }: Environment, { value, write }: KeptSingleton): JsonObject {
  const { document } = context;
  const schema = write.requestBody?.mediaTypes.find(({ name }) => /\bjson\b/.test(name))?.schema;
  const properties = schema === undefined ? undefined : recordPropertiesOf(document, schema);
  return Object.fromEntries(
    Object.entries(objectOrEmpty(value)).filter(([name]) => {
      const at = properties?.get(name);
      return at === undefined || objectOrEmpty(document.resolve(at)?.node).readOnly !== true;
    }),
  );
}

/** Times and versions change with every write. */
function isSame(now: unknown, before: unknown): boolean {
  if (!isObject(now) || !isObject(before)) return isDeepStrictEqual(now, before);
  return Object.entries(before).every(
    ([name, value]) =>
      /updated|modified|changed|version|revision|etag/i.test(name) || isDeepStrictEqual(now[name], value),
  );
}
