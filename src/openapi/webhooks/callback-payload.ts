import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { type MergedSchema, mergeSchema } from '../schema/merge-schema.ts';
import type { Validators } from '../schema/validators.ts';
import { checkPayload, examplePayload, type PayloadDefinition } from './example-payload.ts';

/** How far down a payload a place for the entity is looked for. */
const deepest = 3;
const usualNames = ['data', 'object', 'resource', 'payload', 'entity', 'record', 'body', 'item'];

/** A place in a payload that could be the entity's; no keys: the payload itself. */
interface Slot {
  readonly keys: readonly string[];
  /** How much there speaks of such an entity. */
  readonly weight: number;
}

/**
 * What a callback says of an entity, such as the record that an operation wrote: the entity itself where its schema speaks of
 * such a one; else a payload in which the property that does is the entity; else a payload with the entity's values in all
 * fields of equal name that stay valid so. A schema that names fields, of which the entity has none, speaks of something
 * else, though it may forbid nothing.
 *
 * @throws SparringError `payload-invalid` when the schema allows nothing that could be made
 */
export function callbackPayload(
  document: ApiDocument,
  validators: Validators,
  definition: PayloadDefinition,
  entity: unknown,
): unknown {
  const { schema } = definition;
  const holds = (payload: unknown) => checkPayload(validators, definition, payload).length === 0;
  if (schema === undefined) return entity;
  if (!isObject(entity))
    return entity !== undefined && holds(entity) ? entity : examplePayload(document, validators, definition);
  const slots = slotsFor(document, validators, schema, entity);
  if (slots[0]?.keys.length === 0) return entity;
  const base = examplePayload(document, validators, definition);
  if (!isObject(base)) return base;
  for (const { keys } of slots) {
    const payload = placed(base, keys, entity);
    if (holds(payload)) return payload;
  }
  return overlaid(base, entity, holds);
}

/** The places whose schema allows the entity, the likeliest first. */
function slotsFor(
  document: ApiDocument,
  validators: Validators,
  schema: Pointer,
  entity: JsonObject,
): readonly Slot[] {
  const resolver = resolverOf(document);
  const slots: Slot[] = [];
  const waiting: { pointers: readonly Pointer[]; keys: readonly string[] }[] = [
    { pointers: [schema], keys: [] },
  ];
  for (let here = waiting.shift(); here; here = waiting.shift()) {
    const { keys, pointers } = here;
    const merged = mergeSchema(resolver, pointers, new Map());
    if (merged.types && !merged.types.has('object')) continue;
    const weight = weigh(merged, keys, entity);
    if (weight > 0 && pointers.every((at) => validators.validate(at, entity, 'response', '').length === 0))
      slots.push({ keys, weight });
    if (keys.length === deepest) continue;
    for (const [name, places] of merged.properties) waiting.push({ pointers: places, keys: [...keys, name] });
  }
  return slots.sort((one, other) => other.weight - one.weight);
}

/** The fields that a schema and the entity share; a schema that names none takes it where it stands for the whole, or its name says so. */
function weigh({ properties, groups }: MergedSchema, keys: readonly string[], entity: JsonObject): number {
  const shared = [...properties.keys()].filter((name) => Object.hasOwn(entity, name)).length;
  const isUsual = keys.length === 0 || usualNames.includes(keys.at(-1) ?? '');
  if (properties.size === 0) return isUsual || groups.length > 0 ? 0.5 - keys.length / 10 : 0;
  return shared === 0 ? 0 : shared + (isUsual ? 0.5 : 0) - keys.length / 10;
}

function placed(base: JsonObject, keys: readonly string[], entity: JsonObject): JsonObject {
  const [key = '', ...further] = keys;
  const inner = base[key];
  const value = further.length === 0 ? entity : placed(isObject(inner) ? inner : {}, further, entity);
  return { ...base, [key]: value };
}

/** The payload with the entity's values where its own fields have the same names. */
function overlaid(base: JsonObject, entity: JsonObject, holds: (payload: unknown) => boolean): JsonObject {
  let payload = base;
  for (const [name, value] of Object.entries(entity)) {
    if (!Object.hasOwn(base, name) || name === '__proto__') continue;
    const changed = { ...payload, [name]: value };
    if (holds(changed)) payload = changed;
  }
  return payload;
}
