import { isObject, type JsonObject } from '../../../json/is-object.ts';

/**
 * The record in an answer: the nearest object that has the id, within three levels of envelope.
 *
 * @param wanted ids of which one is that of the record; where none is shown, any is taken
 */
export function findRecordIn(
  value: unknown,
  id: string,
  wanted: readonly string[] = [],
): JsonObject | undefined {
  const isWanted = (part: unknown) => wanted.includes(String(part));
  return (wanted.length > 0 ? nearest(value, id, isWanted) : undefined) ?? nearest(value, id, isId);
}

function nearest(
  value: unknown,
  id: string,
  isIt: (part: unknown) => boolean,
  depth = 0,
): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (isId(value[id]) && isIt(value[id])) return value;
  if (depth >= 2) return undefined;
  for (const part of Object.values(value)) {
    const found = nearest(part, id, isIt, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** The records of a list: the array itself, or the first one within three levels of envelope that holds records or nothing. */
export function findItems(value: unknown, id: string, depth = 0): readonly JsonObject[] | undefined {
  if (Array.isArray(value)) {
    const items = value.filter(isObject).filter((item) => isId(item[id]));
    return items.length === value.length ? items : undefined;
  }
  if (!isObject(value) || depth >= 3) return undefined;
  for (const part of Object.values(value)) {
    const found = findItems(part, id, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
