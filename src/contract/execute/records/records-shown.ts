import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { plainName } from '../../../openapi/infer/plain-name.ts';

/** Levels of envelope in which a record is looked for. */
const deepest = 3;

/**
 * Records that an answer to a creation may show, the likeliest first: the objects that have the id, those first that hold most
 * of what was sent, then the nearest; else an object that names nothing but the id, as `{ "silenceID": … }`.
 *
 * @param sent the body of the request
 */
export function recordsShown(
  answer: unknown,
  collection: ApiCollection,
  sent: unknown,
): readonly JsonObject[] {
  const { id } = collection;
  const found = objectsIn(answer, 0)
    .filter(({ value }) => isId(value[id]))
    .map((each) => ({
      ...each,
      score: likeness(each.value, sent),
      isNamed: isNameOf(each.name, collection),
    }));
  const ranked = found.toSorted(
    (one, other) =>
      other.score - one.score || Number(other.isNamed) - Number(one.isNamed) || one.depth - other.depth,
  );
  if (ranked.length > 0) return ranked.map(({ value }) => value);
  return idNamedIn(answer, collection);
}

/** How many values that were sent an object shows again. */
function likeness(value: JsonObject, sent: unknown): number {
  const fields = isObject(sent) ? sent : {};
  const inner = Object.values(fields).filter(isObject);
  // The record may have been sent in an envelope.
  return Math.max(...[fields, ...inner].map((part) => same(value, part)));
}

function same(value: JsonObject, sent: JsonObject): number {
  return Object.entries(sent).filter(
    ([name, part]) => part !== null && typeof part !== 'object' && value[name] === part,
  ).length;
}

interface Found {
  readonly value: JsonObject;
  readonly name: string | undefined;
  readonly depth: number;
}

/** All objects of an answer, the outermost first. */
function objectsIn(value: unknown, depth: number, name?: string): readonly Found[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((part) => objectsIn(part, depth + 1, name));
  if (!isObject(value)) return [];
  const below = Object.entries(value).flatMap(([key, part]) => objectsIn(part, depth + 1, key));
  return [{ value, name, depth }, ...below];
}

function isNameOf(name: string | undefined, { name: collection }: ApiCollection): boolean {
  return name !== undefined && singularOf(plainName(name)) === singularOf(plainName(collection));
}

/** An id that stands alone, named as the path's parameter or for the collection: `silenceID`, `bookingid`. */
function idNamedIn(answer: unknown, { id, idParameter, name }: ApiCollection): readonly JsonObject[] {
  const names = [idParameter ?? '', `${singularOf(name)}id`, `${singularOf(name)}_id`].map(plainName);
  for (const { value } of objectsIn(answer, 0)) {
    const [, found] =
      Object.entries(value).find(([key, part]) => isId(part) && names.includes(plainName(key))) ?? [];
    if (found !== undefined) return [{ [id]: found }];
  }
  return [];
}

function singularOf(name: string): string {
  return name.split('/').at(-1)?.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '') ?? '';
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
