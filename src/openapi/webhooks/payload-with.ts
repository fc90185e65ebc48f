import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';

/** Longer lists than this are not made by an index. */
const longest = 10_000;

/**
 * A copy of a payload with fields set as `path=value` says, such as `data.amount=5` or `items[0].name=Tea`. Keys are parted
 * by dots (`\.` is a dot in a key), indexes of lists stand between dots or in brackets; what is missing on the way is made.
 * A value that is JSON is taken as such, else as text.
 *
 * @throws SparringError `usage` for a pair that cannot be understood or set
 */
export function payloadWith(payload: unknown, pairs: readonly string[]): unknown {
  let changed = structuredClone(payload);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw unusable(pair, 'Write it as path=value, such as data.amount=5.');
    const keys = keysOfPath(pair.slice(0, equals));
    if (keys.includes('__proto__') || keys.includes('')) throw unusable(pair, 'Name a field of the payload.');
    changed = withValue(changed, keys, parseValue(pair.slice(equals + 1)), pair);
  }
  return changed;
}

function withValue(target: unknown, keys: readonly string[], value: unknown, pair: string): unknown {
  const [key, ...further] = keys;
  if (key === undefined) return value;
  const isIndex = /^(?:0|[1-9]\d*)$/.test(key);
  if (Array.isArray(target) || (isIndex && !isObject(target))) {
    const list: unknown[] = Array.isArray(target) ? target : [];
    const index = Number(key);
    if (!isIndex || index > Math.min(list.length, longest)) {
      throw unusable(pair, `"${key}" is no place in a list of ${list.length}; use 0 to ${list.length}.`);
    }
    list[index] = withValue(list[index], further, value, pair);
    return list;
  }
  const object: Record<string, unknown> = isObject(target) ? { ...target } : {};
  object[key] = withValue(Object.hasOwn(object, key) ? object[key] : undefined, further, value, pair);
  return object;
}

function keysOfPath(path: string): readonly string[] {
  return path
    .replaceAll(/(?<!\\)\[(\d+)\]/g, '.$1')
    .replace(/^\./, '')
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll('\\.', '.'));
}

function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function unusable(pair: string, next: string): SparringError {
  return new SparringError('usage', `The payload cannot be changed by ${JSON.stringify(pair)}.`, { next });
}
