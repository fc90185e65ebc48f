import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { keysOf } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';

/** The record that a payload tells of, as far as its template lets it be read back: the other way round from filling it in. */
export function recordOfPayload(template: unknown, payload: unknown, root = '$after'): JsonObject {
  const record = collect(template, payload, root, {});
  return isObject(record) ? record : {};
}

function collect(template: unknown, value: unknown, root: string, record: unknown): unknown {
  if (value === undefined) return record;
  if (typeof template === 'string') {
    if (template === root) return isObject(value) && isObject(record) ? { ...record, ...value } : record;
    if (!template.startsWith(`${root}#/`)) return record;
    return withValueAt(record, keysOf(template.slice(root.length)) ?? [], value);
  }
  if (!isObject(template) || !isObject(value)) return record;
  if (Array.isArray(template.$merge)) return collectMerged(template.$merge, value, root, record);
  return Object.entries(template).reduce(
    (known, [name, part]) => collect(part, value[name], root, known),
    record,
  );
}

/** Literal parts of a merge do not come from the record, so they are left out. */
function collectMerged(parts: readonly unknown[], value: JsonObject, root: string, record: unknown): unknown {
  const added = new Set(parts.filter(isObject).flatMap((part) => Object.keys(part)));
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !added.has(name)));
  return parts.reduce(
    (known, part) => collect(part, typeof part === 'string' ? rest : value, root, known),
    record,
  );
}
