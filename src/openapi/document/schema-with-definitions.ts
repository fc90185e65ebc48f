import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from './document.ts';

/** The schema at a pointer as one that stands alone: all that it refers to comes along under `$defs`. */
export function schemaWithDefinitions(document: ApiDocument, pointer: Pointer): unknown {
  const names = new Map<Pointer, string>();
  const waiting: Pointer[] = [];
  const nameOf = (target: Pointer): string => {
    const known = names.get(target);
    if (known !== undefined) return known;
    const last = target.slice(target.lastIndexOf('/') + 1);
    const taken = [...names.values()];
    const name = taken.includes(last) ? `${last}-${taken.length}` : last;
    names.set(target, name);
    waiting.push(target);
    return name;
  };
  const rewrite = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rewrite);
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? `#/$defs/${nameOf(value)}` : rewrite(value),
    ]);
    return Object.fromEntries(entries);
  };
  const found = document.resolve(pointer);
  const schema = rewrite(found?.node);
  const definitions: Record<string, unknown> = {};
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    definitions[nameOf(next)] = rewrite(document.resolve(next)?.node);
  }
  return isObject(schema) && names.size > 0 ? { ...schema, $defs: definitions } : schema;
}
