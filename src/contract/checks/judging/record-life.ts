import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import { successSchema } from '../../../openapi/document/success-schema.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { itemsPointer } from '../../../openapi/infer/find-list-items.ts';
import { findItems, findRecordIn } from '../../execute/records/find-record.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { JudgeContext } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import { type AnsweredStep, answeredSteps } from './findings.ts';

/** The steps of a sequence by their names, and the record it is about. */
export interface RecordLife {
  readonly collection: ApiCollection;
  readonly id: string;
  /** The id it was created with, where an update gave it another. */
  readonly firstId: string;
  readonly steps: readonly AnsweredStep[];
  /** The first step of a name after an index. */
  step(name: string, after?: number): AnsweredStep | undefined;
}

/**
 * The life of a record that a sequence tells; undefined where it did not come into being.
 *
 * @param name the record's binding
 */
export function lifeOf(
  run: CaseRun,
  { collections }: JudgeContext,
  name = 'subject',
): RecordLife | undefined {
  const collection = run.case.collection === undefined ? undefined : collections.find(run.case.collection);
  const subject = run.bindings[name];
  if (!collection || !isObject(subject)) return undefined;
  const steps = answeredSteps(run);
  const step: RecordLife['step'] = (wanted, after = -1) =>
    steps.find(({ exchange, index }) => index > after && exchange.step?.name === wanted);
  const id = String(subject[collection.id]);
  const created = steps.find(({ exchange }) => exchange.step?.saveAs === name)?.response.json?.value;
  return {
    collection,
    id,
    firstId: String(findRecordIn(created, collection.id, [id])?.[collection.id] ?? id),
    steps,
    step,
  };
}

/** The record of a life as an answer shows it: itself, or in a list. */
export function recordInAnswer(
  { collection, firstId, id }: RecordLife,
  { exchange, response }: AnsweredStep,
): JsonObject | undefined {
  if (response.status >= 300) return undefined;
  const value = response.json?.value;
  if (exchange.operation === collection.list)
    return findItems(value, collection.id)?.find((item) =>
      [id, firstId].includes(String(item[collection.id])),
    );
  return findRecordIn(value, collection.id, [id, firstId]);
}

/** Whether a list shows all records, as far as its parameters tell. */
export function isWhole(operation: Operation): boolean {
  return !operation.parameters.some(
    ({ in: place, name }) =>
      place === 'query' && /page|limit|offset|cursor|after|size|count|skip|top/i.test(name),
  );
}

/** A field whose value is not what was sent. */
export interface FieldDifference {
  readonly field: string;
  readonly sent: unknown;
  readonly seen: unknown;
  /** Whether the request had it one level deeper than the record shows it. */
  readonly isWrapped: boolean;
}

/**
 * Where a request wraps its fields, and it is not known what its operation does to which record, that a record should show them is
 * but likely.
 */
export function gradeOf(
  { model }: JudgeContext,
  { operation }: CaseExchange,
  { isWrapped }: FieldDifference,
): { readonly grade?: 'convention' } {
  return isWrapped && !model.actionOf(operation) ? { grade: 'convention' } : {};
}

/** The schema of a record as an operation shows it: items of a list may tell less. */
export function shownSchema(
  { document, model }: JudgeContext,
  { collection }: RecordLife,
  operation: Operation,
): Pointer | undefined {
  const schema = operation === collection.list ? successSchema(operation) : undefined;
  const items = schema === undefined ? undefined : itemsPointer(document, schema);
  return items ?? model.resources.get(collection.name)?.schema;
}

/** The fields of a request's body that a record shows with another value, or should show and does not. */
export function differences(
  document: ApiDocument,
  exchange: CaseExchange,
  record: JsonObject,
  schema: Pointer | undefined,
): readonly FieldDifference[] {
  const asked = fieldsSentBy(document, exchange, record);
  if (!asked) return [];
  const { body, fields: requestFields, isWrapped } = asked;
  const fields = fieldsIn(record, Object.keys(body));
  const recordFields =
    schema === undefined || fields !== record ? undefined : recordPropertiesOf(document, schema);
  return Object.entries(body).flatMap(([field, sent]) => {
    // What a request holds beyond its schema is nobody's to keep.
    if (requestFields.size > 0 && !requestFields.has(field)) return [];
    if (isMarked(document, requestFields.get(field), 'readOnly')) return [];
    if (
      isMarked(document, recordFields?.get(field), 'writeOnly') ||
      isMarked(document, requestFields.get(field), 'writeOnly')
    )
      return [];
    const isShown = Object.hasOwn(fields, field);
    if (!isShown && !recordFields?.has(field)) return [];
    const seen = fields[field];
    return isAlike(sent, seen) ? [] : [{ field, sent, seen, isWrapped }];
  });
}

/** What a request says of a record: its fields, and where the schemas of these stand. */
export interface SentFields {
  readonly body: JsonObject;
  readonly fields: ReadonlyMap<string, Pointer>;
  readonly isWrapped: boolean;
}

/** The fields in a request's body, or in the one part that it wraps them in where the record does not. */
export function fieldsSentBy(
  document: ApiDocument,
  { operation, sent }: CaseExchange,
  record: JsonObject,
): SentFields | undefined {
  const body = sent.body?.value;
  if (!isObject(body)) return undefined;
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === sent.body?.mediaType)?.schema;
  const fields = schema === undefined ? new Map<string, Pointer>() : recordPropertiesOf(document, schema);
  const [only, ...others] = Object.entries(body);
  if (!only || others.length > 0 || !isObject(only[1]) || Object.hasOwn(record, only[0]))
    return { body, fields, isWrapped: false };
  const wrapped = fields.get(only[0]);
  return {
    body: only[1],
    fields: wrapped === undefined ? new Map() : recordPropertiesOf(document, wrapped),
    isWrapped: true,
  };
}

/** Some records keep what was sent one level down, beside their id: the part that has most of it. */
export function fieldsIn(record: JsonObject, names: readonly string[]): JsonObject {
  const count = (part: JsonObject) => names.filter((name) => Object.hasOwn(part, name)).length;
  return Object.values(record)
    .filter(isObject)
    .reduce((best, part) => (count(part) > count(best) ? part : best), record);
}

function isMarked(document: ApiDocument, pointer: Pointer | undefined, marker: string): boolean {
  const node = pointer === undefined ? undefined : document.resolve<JsonObject>(pointer)?.node;
  return isObject(node) && node[marker] === true;
}

/** Equal but for how it is written: text of a form for a number, another offset of the same instant, an address in lower case. */
export function isAlike(sent: unknown, seen: unknown): boolean {
  if (sent === seen) return true;
  if (sent === null) return seen === undefined || seen === '';
  if (Array.isArray(sent)) {
    return (
      Array.isArray(seen) &&
      sent.length === seen.length &&
      sent.every((item, index) => isAlike(item, seen[index]))
    );
  }
  if (isObject(sent))
    return isObject(seen) && Object.entries(sent).every(([key, part]) => isAlike(part, seen[key]));
  if (seen === null || seen === undefined || typeof seen === 'object') return false;
  const [one, other] = [String(sent).trim().normalize(), String(seen).trim().normalize()];
  if (one === other || (one.includes('@') && one.toLowerCase() === other.toLowerCase())) return true;
  if (/^https?:/.test(one) && one.replace(/\/$/, '') === other.replace(/\/$/, '')) return true;
  const checkpoint = /^\d{4}-\d\d-\d\dT/;
  return checkpoint.test(one) && checkpoint.test(other) && Date.parse(one) === Date.parse(other);
}
