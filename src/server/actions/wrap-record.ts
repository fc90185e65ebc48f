import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../../openapi/document/record-properties.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { createDerivation } from '../../state/derivation.ts';

/**
 * What an envelope must hold beside the places at `keys`, such as `next: null` or `success: true`, as samples of its schema;
 * those places are held free by null, so that all stands in the schema's order.
 */
export function envelopeRest(
  document: ApiDocument,
  schema: Pointer | undefined,
  ...keys: (readonly string[] | undefined)[]
): unknown {
  if (schema === undefined || keys.some((path) => path?.length === 0)) return undefined;
  const derive = createDerivation(document.name, schema);
  const required = requiredPropertiesOf(document, schema);
  const rest: Record<string, unknown> = {};
  for (const [name, pointer] of recordPropertiesOf(document, schema)) {
    const below = keys.filter((path) => path?.[0] === name).map((path) => path?.slice(1));
    const value =
      below.length > 0
        ? (envelopeRest(document, pointer, ...below) ?? null)
        : required.has(name)
          ? sample(document, pointer, derive, name)
          : undefined;
    if (value !== undefined) rest[name] = value;
  }
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** A value in the place that `keys` lead to, beside the rest of the envelope. */
export function wrapRecord(keys: readonly string[], value: unknown, rest?: unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) return value;
  const beside = isObject(rest) ? rest : {};
  return { ...beside, [key]: wrapRecord(below, value, beside[key]) };
}
