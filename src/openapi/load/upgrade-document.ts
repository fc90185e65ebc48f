import { SparringError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json/is-object.ts';

/**
 * A 2.0 or 3.0 document as one of 3.1. Works on a copy.
 *
 * @throws SparringError `document-invalid` when it cannot be upgraded.
 */
export async function upgradeDocument(root: JsonObject, label: string): Promise<JsonObject> {
  const { upgrade } = await import('@scalar/openapi-upgrader');
  try {
    const copy = structuredClone(root);
    addNullToEnums(copy);
    const upgraded: unknown = upgrade(copy, '3.1');
    if (isObject(upgraded)) return upgraded;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SparringError('document-invalid', `${label} cannot be upgraded to OpenAPI 3.1: ${why}.`, {
      cause,
    });
  }
  throw new SparringError('document-invalid', `${label} cannot be upgraded to OpenAPI 3.1.`);
}

/**
 * In OpenAPI 3.0, `nullable: true` beside an `enum` without null is widely meant to allow null, and the upgrader would make
 * it refuse null: the type would allow it, the enum would not.
 */
function addNullToEnums(root: JsonObject): void {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isObject(node) && node.nullable === true && Array.isArray(node.enum) && !node.enum.includes(null)) {
      node.enum.push(null);
    }
    waiting.push(...Object.values(node));
  }
}
