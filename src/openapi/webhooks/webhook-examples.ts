import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { MediaType } from '../document/document.ts';
import type { Resolver } from '../document/resolver.ts';

/** An example of a payload. */
export interface WebhookExample {
  /** Its key under `examples`; `example` for a single one; `schema`, `schema-2`, … for those of the schema. */
  readonly name: string;
  readonly summary: string | undefined;
  readonly value: unknown;
}

/** The examples of a media type in the order written, those of its schema last. */
export function examplesOf(resolver: Resolver, media: MediaType): readonly WebhookExample[] {
  const named = shownAt(resolver, media.pointer);
  if (media.schema === undefined) return named;
  const node = objectOrEmpty(resolver.resolve(media.schema)?.node);
  const values = [
    ...(Array.isArray(node.examples) ? node.examples : []),
    ...(node.example === undefined ? [] : [node.example]),
  ];
  const ofSchema = values.map((value: unknown, index) => ({
    name: index === 0 ? 'schema' : `schema-${index + 1}`,
    summary: undefined,
    value,
  }));
  return [...named, ...ofSchema];
}

/** `example` and `examples` of a Media Type or Parameter Object; Example Objects may be `$ref`s. */
export function shownAt(resolver: Resolver, pointer: Pointer): readonly WebhookExample[] {
  const node = objectOrEmpty(resolver.resolve(pointer)?.node);
  const examples: WebhookExample[] = [];
  if (node.example !== undefined) examples.push({ name: 'example', summary: undefined, value: node.example });
  for (const name of Object.keys(objectOrEmpty(node.examples))) {
    const found = resolver.resolve(pointerTo(pointer, 'examples', name))?.node;
    if (!isObject(found)) continue;
    // `dataValue` is OpenAPI 3.2's name for it.
    const value = found.value === undefined ? found.dataValue : found.value;
    if (value === undefined) continue;
    examples.push({ name, summary: typeof found.summary === 'string' ? found.summary : undefined, value });
  }
  return examples;
}
