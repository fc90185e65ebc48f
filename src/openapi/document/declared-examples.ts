import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, MediaType, Operation, Parameter } from './document.ts';

/** An example of a request's body. */
export interface BodyExample {
  readonly name: string;
  readonly value: unknown;
  readonly pointer: Pointer;
}

/** What the document shows for a parameter: its `example`, its `examples`. */
export function parameterExamples(
  document: ApiDocument,
  operation: Operation,
  { in: place, name, schema }: Parameter,
): readonly BodyExample[] {
  const own = schema === undefined ? undefined : schema.replace(/\/(?:schema|content\/.*)$/, '');
  const node = own === undefined ? undefined : document.resolve<JsonObject>(own)?.node;
  if (own === undefined || !isObject(node)) return [];
  const found = examplesIn(document, node, own);
  if (found.length > 0 || schema === undefined) return found;
  const shape = objectOrEmpty(document.resolve(schema)?.node);
  const shown = shape.example ?? (Array.isArray(shape.examples) ? shape.examples[0] : undefined);
  return shown === undefined
    ? []
    : [{ name: `${place} ${name} of ${operation.id}`, value: shown, pointer: schema }];
}

/** The bodies a media type shows. */
export function bodyExamples(document: ApiDocument, mediaType: MediaType): readonly BodyExample[] {
  const node = document.resolve<JsonObject>(mediaType.pointer)?.node;
  return isObject(node) ? examplesIn(document, node, mediaType.pointer) : [];
}

function examplesIn(document: ApiDocument, node: JsonObject, pointer: Pointer): readonly BodyExample[] {
  const named = Object.keys(objectOrEmpty(node.examples)).flatMap((name) => {
    const found = document.resolve<JsonObject>(pointerTo(pointer, 'examples', name));
    const value = found && isObject(found.node) ? exampleValue(found.node) : undefined;
    return value === undefined ? [] : [{ name, value, pointer: pointerTo(pointer, 'examples', name) }];
  });
  if (node.example === undefined) return named;
  return [{ name: 'example', value: node.example, pointer: pointerTo(pointer, 'example') }, ...named];
}

/** What an Example Object shows; since OpenAPI 3.2 (section 4.19) as data, or as the text that is sent. */
function exampleValue({ dataValue, serializedValue, value }: JsonObject): unknown {
  if (value !== undefined) return value;
  if (dataValue !== undefined || typeof serializedValue !== 'string') return dataValue;
  try {
    return JSON.parse(serializedValue);
  } catch {
    return serializedValue;
  }
}
