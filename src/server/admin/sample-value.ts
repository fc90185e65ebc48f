import type { Pointer } from '../../json/json-pointer.ts';
import { bodyExamples, parameterExamples } from '../../openapi/document/declared-examples.ts';
import type { MediaType, Operation, Parameter } from '../../openapi/document/document.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { seededSource } from '../../openapi/sample/seeded-source.ts';
import type { ServedApi } from '../model/served-api.ts';

/** A value that a parameter takes: one that the document shows, else one made from its schema; undefined for none. */
export function sampleValueOf(api: ServedApi, operation: Operation, parameter: Parameter): unknown {
  const shown = parameterExamples(api.document, operation, parameter).map(({ value }) => value);
  if (parameter.schema === undefined) return shown[0] ?? 'example';
  return firstAllowed(api, parameter.schema, parameter.name, shown);
}

/** A body that a media type takes, found in the same way. */
export function sampleBodyOf(api: ServedApi, mediaType: MediaType): unknown {
  const shown = bodyExamples(api.document, mediaType).map(({ value }) => value);
  return mediaType.schema === undefined ? shown[0] : firstAllowed(api, mediaType.schema, 'body', shown);
}

function firstAllowed(
  { document, name, validators }: ServedApi,
  schema: Pointer,
  field: string,
  shown: readonly unknown[],
): unknown {
  const isAllowed = (value: unknown) => validators.validate(schema, value, 'request', field).length === 0;
  const good = shown.find(isAllowed);
  if (good !== undefined) return good;
  const source = seededSource('sample', name, field);
  for (const full of [false, true]) {
    const made = sample(document, schema, source, field, { validators, full });
    if (made !== null && made !== '' && isAllowed(made)) return made;
  }
  return undefined;
}
