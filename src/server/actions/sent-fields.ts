import type { ResourceAction } from '../../openapi/infer-resources.ts';
import { isObject, type JsonObject, objectOrEmpty } from '../../openapi/is-object.ts';

/** The fields of a record that a body holds, out of what it wraps them in. */
export function sentFields({ bodyWrapper }: ResourceAction, body: unknown): JsonObject {
  if (!isObject(body)) return {};
  return bodyWrapper === undefined ? body : objectOrEmpty(body[bodyWrapper]);
}
