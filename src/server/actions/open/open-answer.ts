import { isObject } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import { listItemsAt, schemaFields, schemaTypes } from '../../../openapi/document/schema-fields.ts';
import { listStep } from '../../../openapi/infer/record-place.ts';
import { sample } from '../../../openapi/sample/sample.ts';
import type { BehaviourResult } from '../../../providers/model/provider.ts';
import { createDerivation } from '../../../state/derivation.ts';
import type { StoredRecord } from '../../../state/stored-record.ts';
import { envelopeRest } from '../wrap-record.ts';
import type { OpenSource } from './open-source.ts';

/** Makes an operation's answer of the records that it is about, mostly one. */
export type Present = (records: readonly StoredRecord[]) => Pick<BehaviourResult, 'body'>;

/** Words by which an answer says that something was done. */
const doneNames = /^(?:ok|success|successful|deleted|removed|archived|accepted)$/i;

/** How an operation shows records in its answer: whole, by their id, or in parts beside samples. */
export function presentOpen(source: OpenSource): Present {
  const { action, document, open } = source;
  const { schema } = action;
  const { answer } = open;
  if (answer.kind === 'nothing' || schema === undefined) return () => ({});
  if (answer.kind === 'id') {
    const isNumber =
      schemaTypes(document, schema).has('integer') && !schemaTypes(document, schema).has('string');
    return ([record]) => ({ body: isNumber ? Number(record?.id) : record?.id });
  }
  if (answer.kind === 'fields')
    return ([record]) => ({ body: record && fieldsShown(source, schema, record) });
  const { keys } = answer;
  const at = schemaAt(source, schema, keys);
  const isOwn = at === undefined || isRecordSchema(source, at);
  const show = (record: StoredRecord) => (isOwn ? record.value : fieldsShown(source, at, record));
  if (keys.length === 0 && isOwn) return ([record]) => ({ body: record });
  if (keys.length === 0) return ([record]) => ({ body: record && show(record) });
  const rest = envelopeRest(
    document,
    schema,
    keys.slice(0, keys.includes(listStep) ? keys.indexOf(listStep) : keys.length),
  );
  return (records) => ({ body: placed(keys, records.map(show), rest) });
}

function placed(keys: readonly string[], values: readonly unknown[], rest: unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) return values[0];
  if (key === listStep) return values.map((value) => placed(below, [value], undefined));
  const beside = isObject(rest) ? rest : {};
  return { ...beside, [key]: placed(below, values, beside[key]) };
}

/** Where the schema at some keys of another stands. */
function schemaAt({ document }: OpenSource, schema: Pointer, keys: readonly string[]): Pointer | undefined {
  let at: Pointer | undefined = schema;
  for (const key of keys)
    at =
      at === undefined
        ? undefined
        : key === listStep
          ? listItemsAt(document, at)
          : schemaFields(document, at).get(key);
  return at;
}

/** Whether a schema is the record's own. */
export function isRecordSchema({ action, document }: OpenSource, schema: Pointer): boolean {
  const own = action.resource.schema;
  return own !== undefined && document.resolve(own)?.pointer === document.resolve(schema)?.pointer;
}

/** What a schema shows of a record; what it alone has, such as a secret that is told once, is a sample. */
export function fieldsShown(source: OpenSource, schema: Pointer, record: StoredRecord): unknown {
  const { action, document, kept } = source;
  const fields = schemaFields(document, schema);
  if (fields.size === 0) return record.value;
  const own =
    action.resource.schema === undefined ? new Map() : schemaFields(document, action.resource.schema);
  const derive = createDerivation(document.name, action.operation.id, record.id);
  const makes = action.action === 'create' || action.action === 'action';
  const shown: Record<string, unknown> = {};
  for (const [name, at] of fields) {
    const value = Object.hasOwn(record.value, name) ? record.value[name] : undefined;
    const isId = kept.idAt.length !== 1 && name === 'id';
    if (value !== undefined) shown[name] = value;
    else if (isId) shown[name] = record.id;
    else if (doneNames.test(name) && schemaTypes(document, at).has('boolean')) shown[name] = true;
    else if (makes && !own.has(name) && isTold(source, at))
      shown[name] = sample(document, at, derive, name, { full: true, validators: source.validators });
  }
  return shown;
}

/** Whether an answer shows a property at all. */
function isTold({ document }: OpenSource, at: Pointer): boolean {
  const { deprecated, writeOnly } =
    document.resolve<{ deprecated?: unknown; writeOnly?: unknown }>(at)?.node ?? {};
  return deprecated !== true && writeOnly !== true;
}
