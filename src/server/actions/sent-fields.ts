import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import type { ResourceAction } from '../../openapi/infer/infer-resources.ts';

/** The fields of a record that a body holds, out of what it wraps them in. */
export function sentFields({ bodyWrapper }: ResourceAction, body: unknown): JsonObject {
  if (!isObject(body)) return {};
  return bodyWrapper === undefined ? body : objectOrEmpty(body[bodyWrapper]);
}
