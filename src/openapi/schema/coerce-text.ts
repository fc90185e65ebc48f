import { type ExactNumber, exactNumberOf } from '../../json/exact-number.ts';
import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Resolver } from '../document/resolver.ts';
import { isFormFile } from './form-file.ts';
import { type JsonType, type SchemaShape, shapeOf } from './schema-shape.ts';
import type { Validators } from './validators.ts';

/**
 * Turns text, or lists and objects of text, into the values a schema describes. Only exact spellings change: `5`, `true`,
 * `null` and the like; all else stays text for the validator to judge. Numbers that a double cannot hold keep their digits.
 */
export type Coerce = (value: unknown) => unknown;

/** Makes and keeps the coercions of a document's schemas. */
export type Coercions = (pointer: Pointer) => Coerce;

export function createTextCoercions(resolver: Resolver, validators: Validators): Coercions {
  const kept = new Map<Pointer, Coerce>();

  function coercionAt(pointer: Pointer): Coerce {
    let coerce = kept.get(pointer);
    if (!coerce) {
      coerce = createCoercion(pointer);
      kept.set(pointer, coerce);
    }
    return coerce;
  }

  function createCoercion(pointer: Pointer): Coerce {
    let shape: SchemaShape | undefined;
    const isValid = (value: unknown) => validators.validate(pointer, value, 'request', '').length === 0;
    return (value) => {
      shape ??= shapeOf(resolver, pointer);
      const readings = readingsOf(value, shape, coercionAt);
      if (readings.length < 2) return readings.length === 0 ? value : readings[0];
      const valid = readings.find(isValid);
      return valid === undefined ? readings[0] : valid;
    };
  }

  return coercionAt;
}

/** All that a value can be read as, the most particular first; none: as it stands. Branches read what the schema around them left. */
function readingsOf(value: unknown, shape: SchemaShape, at: Coercions): unknown[] {
  const own = ownReadings(value, shape, at);
  if (shape.branches.length === 0) return own;
  const read = own.length === 0 ? [value] : own;
  return [
    ...new Set([
      ...read.flatMap((reading) => shape.branches.map((branch) => at(branch)(reading))),
      ...read,
      value,
    ]),
  ];
}

function ownReadings(value: unknown, shape: SchemaShape, at: Coercions): unknown[] {
  const { types } = shape;
  if (isFormFile(value) || types === undefined) return [];
  if (typeof value === 'string') return readText(value, types, shape, at);
  if (Array.isArray(value)) return types.has('array') ? [coerceItems(value, shape, at)] : [];
  if (!isObject(value)) return [];
  const list = types.has('array') ? listOf(value) : undefined;
  if (list) return [coerceItems(list, shape, at)];
  return types.has('object') ? [coerceProperties(value, shape, at)] : [];
}

function readText(text: string, types: ReadonlySet<JsonType>, shape: SchemaShape, at: Coercions): unknown[] {
  const readings: unknown[] = [];
  const number =
    types.has('number') || types.has('integer') ? readNumber(text, types.has('number')) : undefined;
  if (number !== undefined) readings.push(number);
  if (types.has('boolean') && (text === 'true' || text === 'false')) readings.push(text === 'true');
  if (types.has('string')) readings.push(text);
  if (types.has('array')) readings.push(coerceItems([text], shape, at));
  if (types.has('object')) {
    const object = readObject(text);
    if (object) readings.push(coerceProperties(object, shape, at));
  }
  if (types.has('null') && text === 'null') readings.push(null);
  return readings;
}

/** A number spelled as JSON spells it, with all its digits; undefined for all else. */
function readNumber(text: string, fractions: boolean): number | ExactNumber | undefined {
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return plusZero(exactNumberOf(text));
  if (!fractions || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  return Number.isFinite(Number(text)) ? exactNumberOf(text) : undefined;
}

/** `-0` is 0. */
function plusZero(number: number | ExactNumber): number | ExactNumber {
  return typeof number === 'number' ? number + 0 : number;
}

function readObject(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && !Object.hasOwn(value, '__proto__') ? value : undefined;
  } catch {
    return undefined;
  }
}

function coerceItems(
  items: readonly unknown[],
  { items: rest, prefixItems }: SchemaShape,
  at: Coercions,
): unknown[] {
  return items.map((item, index) => {
    const pointer = prefixItems[index] ?? rest;
    return pointer === undefined ? item : at(pointer)(item);
  });
}

function coerceProperties(
  value: JsonObject,
  { additional, properties }: SchemaShape,
  at: Coercions,
): JsonObject {
  const coerced: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === '__proto__') continue;
    const pointer = properties.get(name) ?? additional;
    coerced[name] = pointer === undefined ? part : at(pointer)(part);
  }
  return coerced;
}

/** `{ 0: a, 1: b }`, as forms write lists, as a list. */
function listOf(value: JsonObject): unknown[] | undefined {
  const keys = Object.keys(value);
  if (keys.length === 0 || !keys.every((key) => /^\d{1,9}$/.test(key))) return undefined;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => value[key]);
}
