import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { MergedSchema } from '../schema/merge-schema.ts';
import type { SampleSource } from './sample-source.ts';
import { matchesPattern, sampleText, textFactsOf } from './sample-text.ts';

/** The most names that are looked for. */
const mostNames = 100;

/** Names that an object may have beside those its schema names: by `propertyNames`, else by a pattern, else `property_1` and so on. */
export function* freePropertyNames(
  { nodes, patterned }: MergedSchema,
  source: SampleSource,
  field: string,
): Generator<string> {
  const asked = nodes.map(({ propertyNames }) => propertyNames).filter(isObject);
  for (const { enum: values } of asked) if (Array.isArray(values)) yield* values.map(String);
  const [pattern] = patterned.keys();
  const texts = [...asked, ...(pattern === undefined ? [] : [{ pattern }])];
  for (let number = 1; number <= mostNames; number += 1) {
    if (texts.length === 0) yield `property_${number}`;
    else yield sampleText(textFactsOf(texts), source, `${field} name ${number}`, false);
  }
}

/** Where the schemas stand of a property that the schema does not name. */
export function freePropertySchemas(
  { additional, patterned }: MergedSchema,
  name: string,
): readonly Pointer[] {
  const found = [...patterned].flatMap(([pattern, pointers]) =>
    matchesPattern(name, pattern) ? pointers : [],
  );
  return found.length > 0 ? found : additional;
}
