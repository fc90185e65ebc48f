import { isObject, type JsonObject } from '../../json/is-object.ts';
import { childOf, keysOf } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from './document.ts';
import { walkReferences } from './walk-references.ts';

/** Stands for `$ref` where that is a key of data, such as in an example that shows a schema. */
const literalKey = '\u0000$ref';

/**
 * A document of one operation, without its callbacks, and of the parts it refers to; a copy, for libraries that change what they
 * are given and follow everything named `$ref`. What is such a key in data is written otherwise; `restoreData` reads it back.
 */
export function operationAlone({ root, title, version }: ApiDocument, operation: Operation): JsonObject {
  const { callbacks: _, ...definition } = operation.definition;
  const parts = new Map<string, readonly [keys: readonly string[], part: unknown]>();
  const references = new Set<unknown>();
  const waiting: unknown[] = [definition];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const { holder, reference } of walkReferences(node)) {
      references.add(holder);
      const keys = partOf(reference);
      const name = keys.join('/');
      const part = keys.reduce<unknown>(childOf, root);
      if (part === undefined || keys.length === 0 || parts.has(name)) continue;
      parts.set(name, [keys, part]);
      waiting.push(part);
    }
  }
  const alone: Record<string, unknown> = { openapi: root.openapi, info: { title, version } };
  const schemes = root.components?.securitySchemes ?? {};
  for (const [keys, part] of [[['components', 'securitySchemes'], schemes] as const, ...parts.values()])
    put(alone, keys, copied(part, references));
  put(alone, ['paths', operation.path], { [operation.method]: copied(definition, references) });
  return alone;
}

/** Data of such a document as its author wrote it. */
export function restoreData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreData);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key === literalKey ? '$ref' : key, restoreData(part)]),
  );
}

/** The keys of the whole component or path that a reference leads into. */
function partOf(reference: string): readonly string[] {
  const keys = keysOf(reference) ?? [];
  const [first] = keys;
  return keys.slice(0, first === 'components' ? 3 : first === 'paths' ? 2 : 1);
}

function put(whole: Record<string, unknown>, [key = '', ...rest]: readonly string[], part: unknown): void {
  if (rest.length === 0) {
    whole[key] = isObject(whole[key]) && isObject(part) ? { ...whole[key], ...part } : part;
    return;
  }
  const next: Record<string, unknown> = isObject(whole[key]) ? { ...whole[key] } : {};
  put(next, rest, part);
  whole[key] = next;
}

function copied(value: unknown, references: ReadonlySet<unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, references));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key === '$ref' && !references.has(value) ? literalKey : key,
      copied(part, references),
    ]),
  );
}
