import { isObject, type JsonObject } from '../../json/is-object.ts';
import { compareProfiles } from './compare-profiles.ts';
import { profileOf, typeOf } from './profile.ts';
import { eventCause, inWords, nothing, type ValueDifference } from './value-difference.ts';
import { formOf, isIdKey, isVolatileName } from './volatile.ts';

/** The differences between two JSON values; of nested ones the outermost only. */
export function compareValues(
  left: unknown,
  right: unknown,
  keys: readonly string[] = [],
): readonly ValueDifference[] {
  const [one, other] = [typeOf(left), typeOf(right)];
  if (one !== other) return [{ kind: 'type', keys, left: inWords(left), right: inWords(right) }];
  if (isObject(left) && isObject(right)) return compareObjects(left, right, keys);
  if (Array.isArray(left) && Array.isArray(right)) return compareArrays(left, right, keys);
  return compareScalars(left, right, keys);
}

function compareObjects(
  left: JsonObject,
  right: JsonObject,
  keys: readonly string[],
): readonly ValueDifference[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  if (names.length > 0 && names.every(isIdKey))
    return compareProfiles(profileOf(Object.values(left)), profileOf(Object.values(right)), [...keys, '*']);
  return names.flatMap((name): readonly ValueDifference[] => {
    const at = [...keys, name];
    const [isLeft, isRight] = [Object.hasOwn(left, name), Object.hasOwn(right, name)];
    if (isLeft && isRight) return compareValues(left[name], right[name], at);
    return [
      {
        kind: 'field',
        keys: at,
        left: isLeft ? inWords(left[name]) : nothing,
        right: isRight ? inWords(right[name]) : nothing,
      },
    ];
  });
}

function compareArrays(
  left: readonly unknown[],
  right: readonly unknown[],
  keys: readonly string[],
): readonly ValueDifference[] {
  const isPlain = [...left, ...right].every((item) => item === null || typeof item !== 'object');
  if (isPlain && left.length !== right.length && !isVolatileName(keys.at(-1) ?? ''))
    return [{ kind: 'value', keys, left: inWords(left), right: inWords(right) }];
  if (isPlain)
    return left.flatMap((item, index) => compareValues(item, right[index], [...keys, '*'])).slice(0, 1);
  return compareProfiles(profileOf(left), profileOf(right), [...keys, '*']);
}

function compareScalars(left: unknown, right: unknown, keys: readonly string[]): readonly ValueDifference[] {
  if (left === right) return [];
  const words = { left: inWords(left), right: inWords(right) };
  if (typeof left === 'string' && typeof right === 'string') {
    const [one, other] = [formOf(left), formOf(right)];
    if (one !== other && (eventCause.has(one) || eventCause.has(other)))
      return [{ kind: 'format', keys, ...words }];
    if (one !== 'word' || other !== 'word') return [];
  }
  const name = keys.findLast((key) => key !== '*') ?? '';
  return !isVolatileName(name) ? [{ kind: 'value', keys, ...words }] : [];
}
