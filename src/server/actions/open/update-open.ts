import { SparringError } from '../../../errors.ts';
import { applyJsonPatch, applyMergePatch, JsonPatchError } from '../../../json/apply-json-patch.ts';
import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { RecordValue } from '../../../model/record.ts';
import type { Behaviour, BehaviourContext } from '../../../providers/model/provider.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import { timestampOf } from '../../records/timestamp-of.ts';
import { knownFields } from '../known-fields.ts';
import { makeOpenRecord } from './create-open.ts';
import { presentOpen } from './open-answer.ts';
import { fitFields, sentRecords } from './open-fields.ts';
import { keepRecord, keyOfRequest, openRecord, openRecordOrNone } from './open-records.ts';
import type { OpenSource } from './open-source.ts';

/** Changes a record as the request's media type means it: a JSON Patch, a merge patch, some fields, or all of them. */
export function updateOpen(source: OpenSource): Behaviour {
  const { action, open } = source;
  const present = presentOpen(source);
  return (context) => {
    const notes: string[] = [];
    const found = open.creates ? openRecordOrNone(source, context) : openRecord(source, context);
    const isKept = found !== undefined && found.ordinal >= 0;
    if (open.creates && !isKept) {
      const [sent = {}] = sentRecords(source, context);
      const record = makeOpenRecord(source, context, sent, keyOfRequest(source, action, context), notes);
      const isSaid = action.operation.responses.some(({ status }) => status === '201');
      return { status: isSaid ? 201 : action.status, notes, ...present([record]) };
    }
    const record = found && keepRecord(source, context, found, changedValue(source, context, found, notes));
    const status =
      open.creates && action.operation.responses.some((each) => each.status === '200') ? 200 : action.status;
    return { status, notes, ...(record && present([record])) };
  };
}

/** What a request makes of a record; its id, the time it was made and what is the server's stay. */
export function changedValue(
  source: OpenSource,
  context: BehaviourContext,
  former: StoredRecord,
  notes: string[],
): RecordValue {
  const { action, document, kept, maker } = source;
  const { resource, update } = action;
  const { unit } = context;
  const derive = unit.derive(resource.collection, `update ${former.id}`);
  const isNested = kept.idAt.length > 1;
  const isMerge = /merge-patch|vnd\.api\+json/.test(context.mediaType ?? '') || isNested;
  let sent: JsonObject;
  let base = former.value;
  const gone: string[] = [];
  if (Array.isArray(context.body) && isPatch(context.body)) {
    const patched = patchedValue(former.value, context.body);
    gone.push(...Object.keys(former.value).filter((name) => !Object.hasOwn(patched, name)));
    sent = changesIn(former.value, patched);
  } else {
    [sent = {}] = sentRecords(source, context);
    if (isMerge && update === 'merge') {
      const merged = applyMergePatch(former.value, sent);
      const patched = isObject(merged) ? merged : {};
      gone.push(...Object.keys(sent).filter((name) => sent[name] === null && !Object.hasOwn(patched, name)));
      sent = changesIn(former.value, patched);
    } else if (update === 'replace') base = knownFields(document, resource, 'update').emptied(former.value);
  }
  const { cleared, given } = fitFields(source, context, sent, derive, notes);
  const value: Record<string, unknown> = { ...base, ...given };
  for (const name of [...gone, ...cleared]) delete value[name];
  const [first, ...more] = kept.idAt;
  if (first !== undefined && Object.hasOwn(former.value, first))
    value[first] =
      more.length === 0
        ? former.value[first]
        : applyMergePatch(value[first], idPart(former.value[first], more));
  const { timestamps } = resource;
  if (timestamps?.created !== undefined && Object.hasOwn(former.value, timestamps.created))
    value[timestamps.created] = former.value[timestamps.created];
  const completed = maker.completeChanged(resource, value, former.value, derive);
  if (timestamps?.updated === undefined) return completed;
  return { ...completed, [timestamps.updated]: timestampOf(timestamps.unit, unit.now) };
}

/** The id alone, where it stands within a part of the record. */
function idPart(part: unknown, keys: readonly string[]): unknown {
  const [key, ...more] = keys;
  if (key === undefined) return part;
  return isObject(part) ? { [key]: idPart(part[key], more) } : {};
}

function isPatch(body: readonly unknown[]): boolean {
  return body.every((each) => isObject(each) && typeof each.op === 'string' && typeof each.path === 'string');
}

function patchedValue(value: RecordValue, operations: readonly unknown[]): JsonObject {
  try {
    const patched = applyJsonPatch(value, operations);
    return isObject(patched) ? patched : {};
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw new SparringError('conflict', `The patch does not fit the record: ${error.message}.`, {
      next: 'Read the record, and send a patch that fits it.',
    });
  }
}

function changesIn(former: RecordValue, patched: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patched).filter(([name, part]) => part !== former[name]));
}
