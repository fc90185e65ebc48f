import { isObject } from '../../json/is-object.ts';
import { formOf, isIdKey, type TextForm } from './volatile.ts';

export type ValueType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** What several values have in common: how records of others look, whatever is in them. */
export interface Profile {
  /** How many values it was made of. */
  readonly count: number;
  readonly types: ReadonlySet<ValueType>;
  readonly forms: ReadonlySet<TextForm>;
  /** How many of them are objects, and of each property, those values that it has. */
  readonly objects: number;
  readonly fields: ReadonlyMap<string, Profile>;
  /** The items of all arrays at this place, taken together. */
  readonly items: Profile | undefined;
}

export function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  if (typeof value === 'boolean' || typeof value === 'number')
    return typeof value === 'boolean' ? 'boolean' : 'number';
  return 'string';
}

export function profileOf(values: readonly unknown[]): Profile {
  const objects = values.filter(isObject);
  const fields = Map.groupBy(
    objects.flatMap((object) => Object.entries(object)),
    ([name]) => (isIdKey(name) ? '*' : name),
  );
  const items = values.filter((value) => Array.isArray(value)).flat();
  return {
    count: values.length,
    types: new Set(values.map(typeOf)),
    forms: new Set(values.filter((value) => typeof value === 'string').map(formOf)),
    objects: objects.length,
    fields: new Map(
      [...fields].map(([name, entries]) => [name, profileOf(entries.map(([, value]) => value))]),
    ),
    items: items.length > 0 ? profileOf(items) : undefined,
  };
}
