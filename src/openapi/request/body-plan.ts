import type { OpenAPIV3_1 } from 'openapi-types';
import type { Pointer } from '../../json/json-pointer.ts';
import { isSequenceType } from '../content/write-sequence.ts';
import type { MediaType, Operation } from '../document/document.ts';
import { isJsonType, isXmlType } from '../document/media-type.ts';
import type { Coerce } from '../schema/coerce-text.ts';
import type { SchemaContext } from '../schema/schema-context.ts';
import { shapeOf, typesAt } from '../schema/schema-shape.ts';
import type { Validate } from '../schema/validators.ts';
import { readXml, type XmlValue } from '../xml/read-xml.ts';

/** How a body is written. */
export type BodyFormat = 'json' | 'xml' | 'sequence' | 'urlencoded' | 'multipart' | 'text' | 'bytes';

/** A property of a form that its media type object says more about (`encoding`), or whose schema does. */
export interface FormField {
  /** Media types its part may have, lower-case; empty: any. */
  readonly contentTypes: readonly string[];
  /** Written as one JSON text. */
  readonly json: boolean;
  /** What splits one text into a list; undefined where the field is repeated instead. */
  readonly delimiter: RegExp | string | undefined;
}

/** One declared media type of a body, ready to be read. */
export interface PlannedBody {
  readonly mediaType: MediaType;
  readonly coerce: Coerce | undefined;
  readonly validate: Validate | undefined;
  /** Properties of a form that are not read in the common way. */
  readonly fields: ReadonlyMap<string, FormField>;
  /** Reads XML by the schema; undefined where the schema describes the text itself. */
  readonly readXml: ((text: string) => XmlValue) | undefined;
  /** Of a media type whose values follow each other, where it says what each of them is. */
  readonly validateItem: Validate | undefined;
  /** Names of the form's properties as they stand, so that one with brackets in its name is not taken apart. */
  readonly names: ReadonlySet<string>;
}

export interface BodyPlan {
  readonly required: boolean;
  readonly mediaTypes: readonly MediaType[];
  planOf(mediaType: MediaType): PlannedBody;
}

/** @returns undefined for an operation that declares no body */
export function planBody(operation: Operation, context: SchemaContext): BodyPlan | undefined {
  const body = operation.requestBody;
  if (!body) return undefined;
  const plans = new Map<MediaType, PlannedBody>();
  return {
    required: body.required,
    mediaTypes: body.mediaTypes,
    planOf(mediaType) {
      let plan = plans.get(mediaType);
      if (!plan) {
        plan = planMediaType(mediaType, context);
        plans.set(mediaType, plan);
      }
      return plan;
    },
  };
}

function planMediaType(
  mediaType: MediaType,
  { coercions, resolver, validators }: SchemaContext,
): PlannedBody {
  const { encoding, itemSchema, schema } = mediaType;
  const shape = schema === undefined ? undefined : shapeOf(resolver, schema);
  return {
    mediaType,
    coerce: schema === undefined ? undefined : coercions(schema),
    validate: schema === undefined ? undefined : validators.validator(schema, 'request'),
    fields: new Map(
      Object.entries(encoding).map(([name, entry]) => {
        const at = shape?.properties.get(name);
        return [name, planField(entry, at !== undefined && typesAt(resolver, at).has('array'))];
      }),
    ),
    readXml: isTextOnly(schema, resolver) ? undefined : (text) => readXml(resolver, schema, text),
    validateItem: itemSchema === undefined ? undefined : validators.validator(itemSchema, 'request'),
    names: new Set(shape?.properties.keys()),
  };
}

/** Whether a schema describes text alone. */
function isTextOnly(schema: Pointer | undefined, resolver: SchemaContext['resolver']): boolean {
  const types = schema === undefined ? undefined : typesAt(resolver, schema);
  return types?.size === 1 && types.has('string');
}

const delimiters: Readonly<Record<string, RegExp | string>> = {
  form: ',',
  spaceDelimited: / /,
  pipeDelimited: '|',
};

/** An Encoding Object (OpenAPI 3.1, section 4.8.15); `explode` is true by default for `form`, the default style. */
function planField({ contentType, explode, style }: OpenAPIV3_1.EncodingObject, isList: boolean): FormField {
  const contentTypes = (contentType ?? '')
    .toLowerCase()
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');
  const exploded = explode ?? (style === undefined || style === 'form' || style === 'deepObject');
  return {
    contentTypes,
    json: contentTypes.length > 0 && contentTypes.every(isJsonType),
    delimiter: exploded || !isList ? undefined : delimiters[style ?? 'form'],
  };
}

export function formatOf(essence: string): BodyFormat {
  if (isSequenceType(essence)) return essence === 'text/event-stream' ? 'text' : 'sequence';
  if (isJsonType(essence)) return 'json';
  if (isXmlType(essence)) return 'xml';
  if (essence === 'application/x-www-form-urlencoded') return 'urlencoded';
  if (essence === 'multipart/form-data') return 'multipart';
  return essence.startsWith('text/') || essence.endsWith('+xml') ? 'text' : 'bytes';
}
