import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { WebhookCause } from '../../model/webhook-script.ts';
import { freshIds } from '../../plan/webhooks/event-record.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { NotPossible, readRecordAgain, type WebhookCaseContext } from './webhook-case-context.ts';

type Writing = Extract<WebhookCause, { by: 'record' }>;

/** A record as a mock took it. */
interface Inserted {
  readonly id: string;
  readonly value: JsonObject;
}

/** Writes one record of a mock past its API. */
interface Writer {
  insert(): Promise<Inserted>;
  /** The status it was answered with, and the body. */
  write(
    method: 'POST' | 'PATCH' | 'DELETE',
    id: string | undefined,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly value: unknown }>;
}

/** A record of a mock that is about to be written past the API. */
export async function prepareRecord(
  caseContext: WebhookCaseContext,
  cause: Writing,
  key: string,
): Promise<PreparedCause> {
  const writer = writerFor(caseContext, cause, key);
  const what = `a record of ${cause.collection} was ${cause.change}d on the mock`;
  if (cause.change === 'create') return prepareInsertion(caseContext, cause, writer, what);
  return prepareWriting(caseContext, cause, writer, what);
}

function writerFor(caseContext: WebhookCaseContext, { collection, record }: Writing, key: string): Writer {
  const { context, controls } = caseContext.environment;
  const { namespace } = caseContext;
  if (!controls || namespace === undefined)
    throw new NotPossible(
      `no operation causes ${caseContext.script.facts.event}; only a mock can be told to`,
    );
  const idField = context.model.resources.get(collection)?.id ?? 'id';
  const write: Writer['write'] = (method, id, body) =>
    controls.record(namespace, method, { collection, ...(id !== undefined && { id }) }, body);
  return {
    write,
    async insert() {
      for (const id of freshIds(context, collection, key)) {
        const { status, value } = await write('POST', undefined, { ...record, [idField]: id });
        if (status === 201) return { id: String(id), value: objectOrEmpty(value) };
      }
      throw new NotPossible(`the mock does not take a record of ${collection}`);
    },
  };
}

function prepareInsertion(
  caseContext: WebhookCaseContext,
  { collection }: Writing,
  writer: Writer,
  what: string,
): PreparedCause {
  let made: Inserted | undefined;
  return {
    what,
    async act() {
      made = await writer.insert();
      return { change: { before: null, after: made.value }, exchange: -1 };
    },
    async look({ change }) {
      const after = made && (await readRecordAgain(caseContext, collection, made.id, {}));
      return change && isObject(after) ? { ...change, after } : change;
    },
    // The same once more is a conflict.
    async refuse() {
      const { status } = await writer.write('POST', undefined, made?.value ?? {});
      return status >= 400 ? { exchange: -1 } : undefined;
    },
  };
}

async function prepareWriting(
  caseContext: WebhookCaseContext,
  { change, collection, fields }: Writing,
  writer: Writer,
  what: string,
): Promise<PreparedCause> {
  const { id, value: before } = await writer.insert();
  const idField = caseContext.environment.context.model.resources.get(collection)?.id ?? 'id';
  const nobody = `${id}-0`;
  return {
    what,
    async act() {
      const { status, value } =
        change === 'update' ? await writer.write('PATCH', id, fields) : await writer.write('DELETE', id);
      if (status >= 300) throw new NotPossible(`the mock does not ${change} a record of ${collection}`);
      return { change: { before, after: change === 'update' ? value : null }, exchange: -1 };
    },
    async look({ change: seen }) {
      const after = change === 'update' ? await readRecordAgain(caseContext, collection, id, {}) : undefined;
      return seen && isObject(after) ? { ...seen, after } : seen;
    },
    // A record keeps its id, and what is not there cannot be deleted.
    async refuse() {
      const { status } =
        change === 'update'
          ? await writer.write('PATCH', id, { ...fields, [idField]: nobody })
          : await writer.write('DELETE', nobody);
      return status >= 400 ? { exchange: -1 } : undefined;
    },
  };
}
