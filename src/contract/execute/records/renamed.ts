import type { CaseExchange } from '../../model/exchange.ts';
import type { BoundRecord, CaseContext, Environment } from '../environment/environment.ts';
import { findRecordIn } from './find-record.ts';
import { noteCreated } from './note-created.ts';
import { sendRequest, succeeded } from './send-request.ts';

const opaque = /^(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * The record of an update under the name that the update gave it, as where a slug follows a title; undefined where it kept its own.
 * Only what answers under the new name, and no longer under the old one, was renamed; numbers and UUIDs never are.
 */
export async function renamedBy(
  environment: Environment,
  boundRecord: BoundRecord,
  exchange: CaseExchange,
  namespace: string | undefined,
): Promise<BoundRecord | undefined> {
  const role = environment.context.collections.roleOf(exchange.operation);
  if (role?.role !== 'update' || !succeeded(exchange) || role.collection.name !== boundRecord.collection)
    return undefined;
  const { id, idParameter, read } = role.collection;
  const record = findRecordIn(exchange.response?.json?.value, id);
  if (!record || !read || idParameter === undefined) return undefined;
  const name = String(record[id]);
  if (name === boundRecord.id || opaque.test(boundRecord.id)) return undefined;
  const statusOf = async (value: string) => {
    const template = {
      method: read.method.toUpperCase(),
      path: { ...boundRecord.path, [idParameter]: value },
      query: {},
      headers: {},
      cookies: {},
      body: undefined,
      credentials: 'valid' as const,
    };
    const answer = await sendRequest(environment, {
      operation: read,
      template,
      expect: 'any',
      role: 'setup',
      namespace,
    });
    return 'missing' in answer ? undefined : answer.response?.status;
  };
  const [before, after] = [await statusOf(boundRecord.id), await statusOf(name)];
  if ((before !== 404 && before !== 410) || after !== 200) return undefined;
  return { ...boundRecord, id: name, record };
}

/** Goes on with a record under its new name, everywhere it is known. */
export function rename(
  { bindings, environment, owned }: CaseContext,
  old: BoundRecord,
  renamed: BoundRecord,
): void {
  for (const [name, boundRecord] of bindings) if (boundRecord === old) bindings.set(name, renamed);
  const index = owned.indexOf(old);
  const collection = environment.context.collections.find(renamed.collection);
  if (index < 0 || !collection) return;
  owned[index] = renamed;
  noteCreated(environment, collection, renamed.id, renamed.path);
}
