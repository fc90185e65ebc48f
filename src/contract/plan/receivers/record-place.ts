import { isObject } from '../../../json/is-object.ts';

const deepest = 3;
/** Where the one that an event is about usually stands; what speaks of others. */
const usual = /^(?:data|object|resource|payload|entity|record|item|body)$/i;
const others =
  /user|actor|sender|owner|account|company|organi[sz]ation|merchant|producer|tenant|webhook|hook|subscription|meta/i;

/** The keys that lead to the thing an event is about: the first object with an `id` in it; undefined where none has one. */
export function recordPlace(payload: unknown): readonly string[] | undefined {
  const found: (readonly string[])[] = [];
  const waiting: { readonly keys: readonly string[]; readonly value: unknown }[] = [
    { keys: [], value: payload },
  ];
  for (let here = waiting.shift(); here; here = waiting.shift()) {
    const { keys, value } = here;
    if (!isObject(value) || keys.length > deepest) continue;
    if (isId(value.id)) found.push(keys);
    for (const [key, part] of Object.entries(value)) waiting.push({ keys: [...keys, key], value: part });
  }
  return found.toSorted((one, other) => rankOf(one) - rankOf(other))[0];
}

/** Nested things before the event itself, which also has an id; usual names before others. */
function rankOf(keys: readonly string[]): number {
  if (keys.some((key) => others.test(key))) return 3;
  if (keys.length === 0) return 2;
  return keys.every((key) => usual.test(key)) ? 0 : 1;
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
