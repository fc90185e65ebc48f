import { isObject } from './is-object.ts';

/** The value at keys, with another one put there; `undefined` removes it. */
export function withValueAt(whole: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(whole)) {
    const changed: unknown[] = [...whole];
    const index = Number(key);
    if (rest.length === 0 && value === undefined) changed.splice(index, 1);
    else changed[index] = withValueAt(changed[index], rest, value);
    return changed;
  }
  const entries = isObject(whole) ? Object.entries(whole) : [];
  const next = withValueAt(
    isObject(whole) && Object.hasOwn(whole, key) ? whole[key] : undefined,
    rest,
    value,
  );
  const others = entries.filter(([name]) => name !== key);
  const at = entries.findIndex(([name]) => name === key);
  if (next === undefined) return Object.fromEntries(others);
  others.splice(at < 0 ? others.length : at, 0, [key, next]);
  return Object.fromEntries(others);
}
