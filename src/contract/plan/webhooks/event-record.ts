import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import { sample } from '../../../openapi/sample/sample.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { WebhookFacts } from '../../model/webhook-script.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { recordOfPayload } from './record-of-payload.ts';
import { shownPayload } from './shown-payload.ts';

/** A record of a collection of which an event can tell: what the event's example shows of it, over a sample of its schema. */
export function eventRecord(context: PlanContext, collection: string, facts: WebhookFacts): JsonObject {
  const { document, seed, validators } = context;
  const schema = context.model.resources.get(collection)?.schema;
  const source = seededSource(seed, facts.event, collection);
  const made =
    schema === undefined ? {} : sample(document, schema, source, collection, { full: true, validators });
  const [definition] = facts.definitions;
  const payload = definition && shownPayload(context, definition);
  const template = facts.emits?.extension.payload ?? '$after';
  const whole = {
    ...objectOrEmpty(made),
    ...recordOfPayload(template, payload, '$before'),
    ...recordOfPayload(template, payload),
  };
  return isAllowed(context, schema, whole) ? whole : objectOrEmpty(made);
}

export function isAllowed(
  { validators }: PlanContext,
  schema: Pointer | undefined,
  record: JsonObject,
): boolean {
  return schema === undefined || validators.validate(schema, record, 'response', '').length === 0;
}

/** Ids that a record could have which no other has, the likeliest first. */
export function freshIds(context: PlanContext, collection: string, key: string): readonly unknown[] {
  const resource = context.model.resources.get(collection);
  const source = seededSource(key, collection);
  const uuid = source.uuid('id');
  const digits = source.integer('id', 100_000_000, 999_999_999);
  const candidates: readonly unknown[] = [uuid, digits, `sparring-${digits}`, `${digits}`];
  const at =
    resource?.schema === undefined
      ? undefined
      : recordPropertiesOf(context.document, resource.schema).get(resource.id);
  if (at === undefined) return [digits, uuid];
  return candidates.filter(
    (candidate) => context.validators.validate(at, candidate, 'response', '').length === 0,
  );
}

/** Another value for the first text or number of a record that may have one; its fields that then differ. */
export function variedRecord(
  context: PlanContext,
  collection: string,
  record: JsonObject,
  only?: string,
): JsonObject | undefined {
  const resource = context.model.resources.get(collection);
  for (const keys of leavesOf(record)) {
    const [first = ''] = keys;
    if (first === (resource?.id ?? 'id') || (only !== undefined && first !== only)) continue;
    const value = keys.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), record);
    for (const other of othersOf(context, resource?.schema, keys, value)) {
      const changed = objectOrEmpty(withValueAt(record, keys, other));
      if (isAllowed(context, resource?.schema, changed)) return { [first]: changed[first] };
    }
  }
  return undefined;
}

function leavesOf(value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] {
  if (isObject(value)) return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...keys, key]));
  return typeof value === 'string' || typeof value === 'number' ? [keys] : [];
}

function othersOf(
  { document }: PlanContext,
  schema: Pointer | undefined,
  keys: readonly string[],
  value: unknown,
): readonly unknown[] {
  const at =
    schema === undefined || keys.length !== 1
      ? undefined
      : recordPropertiesOf(document, schema).get(keys[0] ?? '');
  const node = at === undefined ? {} : objectOrEmpty(document.resolve(at)?.node);
  const listed: readonly unknown[] = Array.isArray(node.enum) ? node.enum : [];
  const shown: readonly unknown[] = Array.isArray(node.examples) ? node.examples : [];
  const known = [...listed, ...shown].filter((other) => other !== value);
  if (known.length > 0) return known;
  return typeof value === 'number' ? [value + 1] : [`${String(value)} too`];
}
