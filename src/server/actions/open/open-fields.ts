import { ExactNumber } from '../../../json/exact-number.ts';
import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import { mendValue } from '../../../openapi/answer/mend-value.ts';
import { schemaFields, schemaTypes } from '../../../openapi/document/schema-fields.ts';
import { withoutWriteOnly } from '../../../openapi/document/without-write-only.ts';
import { plainName } from '../../../openapi/infer/plain-name.ts';
import { listStep } from '../../../openapi/infer/record-place.ts';
import type { BehaviourContext } from '../../../providers/model/provider.ts';
import type { Derivation } from '../../../state/derivation.ts';
import type { OpenSource } from './open-source.ts';

/** What was sent of records: the fields of each, out of what a body wraps them in. */
export function sentRecords(
  { action, open }: OpenSource,
  { body, query }: BehaviourContext,
): readonly JsonObject[] {
  // `PATCH /parcels/{id}/status?status=lost` says by its query what others say by their body.
  if (!action.operation.requestBody && Object.keys(query).length > 0) return [query];
  const found = walk(body, open.body).filter(isObject);
  const [only] = found;
  if (open.under === undefined || found.length > 1) return found.length > 0 ? found : [{}];
  return [only && Object.keys(only).length > 0 ? { [open.under]: only } : {}];
}

function walk(value: unknown, keys: readonly string[]): readonly unknown[] {
  const [key, ...below] = keys;
  if (key === undefined) return [value];
  if (key === listStep)
    return Array.isArray(value) ? value.flatMap((item) => walk(item, below)) : walk(value, below);
  return isObject(value) ? walk(value[key], below) : [];
}

/** What of a body becomes a part of a record, as the record's schema has it. */
export interface Fitted {
  readonly given: Record<string, unknown>;
  /** Fields that were sent as null and cannot be that: they are taken away. */
  readonly cleared: readonly string[];
}

/**
 * Fits sent fields into a record. Those that the document gives to the server are dropped; a value where the record has an
 * object becomes the record that it names, else an object of that name.
 */
export function fitFields(
  source: OpenSource,
  context: BehaviourContext,
  sent: JsonObject,
  derive: Derivation,
  notes: string[],
): Fitted {
  const { action, document, kept, validators } = source;
  const { resource } = action;
  const given: Record<string, unknown> = {};
  const cleared: string[] = [];
  if (resource.schema === undefined) return { given: { ...sent }, cleared };
  const fields = schemaFields(document, resource.schema);
  const { additionalProperties } = objectOrEmpty(document.resolve(resource.schema)?.node);
  const isFree = additionalProperties === true || isObject(additionalProperties) || fields.size === 0;
  const guarded = [resource.timestamps?.created, resource.timestamps?.updated];
  for (const [name, value] of Object.entries(sent)) {
    if (name === '__proto__' || value === undefined) continue;
    if (value instanceof Uint8Array) notes.push(`${name} was read, and its bytes are not kept`);
    const target = fields.has(name) ? name : targetOf(fields, name);
    const at = target === undefined ? undefined : fields.get(target);
    if (target === undefined || at === undefined) {
      if (isFree && !(value instanceof Uint8Array)) given[name] = value;
      continue;
    }
    const node = objectOrEmpty(document.resolve(at)?.node);
    const isId = kept.idAt.length === 1 && target === kept.idAt[0];
    if ((node.readOnly === true && !isId) || guarded.includes(target)) {
      notes.push(`${name} was dropped: the document gives it to the server`);
      continue;
    }
    if (isId && (node.readOnly === true || !isWritableId(value))) continue;
    if (node.writeOnly === true || (target !== name && Object.hasOwn(sent, target))) continue;
    const plain = value instanceof Uint8Array ? undefined : withoutWriteOnly(document, at, value);
    if (plain === null && !isFine(source, at, null)) {
      cleared.push(target);
      continue;
    }
    const found = relatedRecord(source, context, target, at, plain);
    given[target] = mendValue(
      { document, validators, source: derive, note: (field, what) => notes.push(`${field} ${what}`) },
      at,
      found ?? plain,
      target,
    );
  }
  return { given, cleared };
}

function isWritableId(value: unknown): boolean {
  if (value instanceof ExactNumber) return true;
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function isFine({ validators }: OpenSource, schema: Pointer, value: unknown): boolean {
  return validators.validate(schema, value, 'response', 'value').length === 0;
}

/** `image_id` is sent where the record shows an `image`, `FriendlyName` where it shows `friendly_name`. */
function targetOf(fields: ReadonlyMap<string, Pointer>, name: string): string | undefined {
  const plain = plainName(name);
  const same = [...fields.keys()].find((field) => plainName(field) === plain);
  if (same !== undefined) return same;
  const bare = plain.replace(/(?:uu)?ids?$/, '');
  if (bare === plain || bare === '') return undefined;
  return [...fields.keys()].find((field) => [bare, `${bare}s`].includes(plainName(field)));
}

/** The record that a sent id names where the schema shows it as an object. */
function relatedRecord(
  { document, model }: OpenSource,
  { unit }: BehaviourContext,
  field: string,
  at: Pointer,
  value: unknown,
): unknown {
  if ((typeof value !== 'string' && typeof value !== 'number') || !schemaTypes(document, at).has('object'))
    return undefined;
  const plain = plainName(field);
  const resource = [...model.resources.values()].find(
    ({ collection }) =>
      plainName(collection).replace(/ies$/, 'y').replace(/s$/, '') === plain.replace(/s$/, ''),
  );
  const record = resource && unit.collection(resource.collection).get(String(value))?.value;
  if (!record) return undefined;
  const fields = schemaFields(document, at);
  if (fields.size === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields.has(name)));
}
