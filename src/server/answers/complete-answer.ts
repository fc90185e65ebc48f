import { isObject, type JsonObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { recordPropertiesOf, requiredPropertiesOf } from '../../openapi/document/record-properties.ts';
import { validSample } from '../../openapi/sample/valid-sample.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import { createDerivation } from '../../state/derivation.ts';

/** What the schemas of one document make of a value. */
interface Completion {
  readonly document: ApiDocument;
  readonly validators: Validators;
}

/**
 * An answer with what its schema asks for beyond what its record holds: many documents show more of a thing, and of the things
 * in it, than is sent to make it. Required properties that are missing are samples, the same ones for the same place each
 * time; one value where a list of such is shown is a list of one. Nothing that is there is replaced or left out.
 */
export function completeAnswer(completion: Completion, schema: Pointer, value: unknown): unknown {
  return completed(completion, schema, value, 'answer');
}

function completed(completion: Completion, schema: Pointer, value: unknown, field: string): unknown {
  const { document, validators } = completion;
  if (validators.validate(schema, value, 'response', field).length === 0) return value;
  const found = document.resolve<JsonObject>(schema);
  if (!found || !isObject(found.node)) return value;
  if (isObject(value)) return completedObject(completion, found.pointer, value, field);
  const items = found.node.items === undefined ? undefined : pointerTo(found.pointer, 'items');
  if (items === undefined || value === null || value === undefined) return value;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item, index) => completed(completion, items, item, `${field}.${index}`));
}

function completedObject(
  completion: Completion,
  schema: Pointer,
  value: JsonObject,
  field: string,
): JsonObject {
  const { document, validators } = completion;
  const properties = recordPropertiesOf(document, schema);
  const kept = Object.entries(value).map(([name, part]) => {
    const at = properties.get(name);
    return [name, at === undefined ? part : completed(completion, at, part, `${field}.${name}`)];
  });
  const derive = createDerivation(document.name, field);
  const missing = [...requiredPropertiesOf(document, schema)]
    .filter((name) => !Object.hasOwn(value, name))
    .flatMap((name) => {
      const at = properties.get(name);
      return at === undefined ? [] : [[name, validSample(document, validators, at, derive, name)]];
    });
  return Object.fromEntries([...kept, ...missing]);
}
