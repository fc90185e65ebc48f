import type { ApiDocument, Operation, Pointer } from '../../openapi/document.ts';
import { isObject } from '../../openapi/is-object.ts';
import { type MergedSchema, mergeSchema } from '../../openapi/merge-schema.ts';
import { resolverOf } from '../../openapi/resolver-of.ts';
import type { RequestTemplate } from '../types.ts';
import { isReference, withValueAt } from './templates.ts';

/** A value in a request that a schema speaks of. */
export interface RequestField {
  /** `body/address/city`, `query/limit`. */
  readonly location: string;
  readonly name: string;
  readonly schema: Pointer;
  readonly merged: MergedSchema;
  readonly required: boolean;
  /** What the base request has there; undefined: nothing. */
  readonly value: unknown;
  /** Written as text, so that every value arrives as a string: in forms and all parameters. */
  readonly asText: boolean;
  readonly place: 'body' | 'path' | 'query' | 'headers' | 'cookies';
  /** The request with another value there; undefined removes it. */
  with(value: unknown): RequestTemplate;
}

const deepest = 4;
const places = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The parameters of a request and the parts of its body, with the schemas that rule them. */
export function fieldsOf(
  document: ApiDocument,
  operation: Operation,
  template: RequestTemplate,
): readonly RequestField[] {
  return [...parameterFields(document, operation, template), ...bodyFields(document, operation, template)];
}

function parameterFields(
  document: ApiDocument,
  operation: Operation,
  template: RequestTemplate,
): readonly RequestField[] {
  const ignored = ['accept', 'content-type', 'authorization'];
  return operation.parameters.flatMap((parameter): RequestField[] => {
    const { in: location, mediaType, name, required, schema } = parameter;
    if (schema === undefined || mediaType !== undefined) return [];
    if (location === 'header' && ignored.includes(name.toLowerCase())) return [];
    if (location === 'path' && !operation.path.includes(`{${name}}`)) return [];
    const place = places[location];
    const values = template[place];
    return [
      {
        location: `${location}/${name}`,
        name,
        schema,
        merged: mergeSchema(resolverOf(document), [schema], new Map()),
        required,
        value: values[name],
        asText: true,
        place,
        with(value) {
          const others = Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
          return { ...template, [place]: value === undefined ? others : { ...others, [name]: value } };
        },
      },
    ];
  });
}

function bodyFields(
  document: ApiDocument,
  operation: Operation,
  template: RequestTemplate,
): readonly RequestField[] {
  const { body } = template;
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === body?.mediaType)?.schema;
  if (!body || schema === undefined) return [];
  const asText = !/\bjson\b/.test(body.mediaType ?? '');
  const found: RequestField[] = [];
  visit(schema, [], body.value, true, new Set());
  return found;

  function visit(
    pointer: Pointer,
    keys: readonly string[],
    value: unknown,
    required: boolean,
    above: ReadonlySet<Pointer>,
  ): void {
    const merged = mergeSchema(resolverOf(document), [pointer], new Map());
    if (keys.length > deepest || !merged.pointers.isDisjointFrom(above)) return;
    // What the server alone sets is not asked of a request.
    if (merged.nodes.some(({ readOnly }) => readOnly === true)) return;
    const at = { ...template, body: { mediaType: body?.mediaType, value: undefined } };
    found.push({
      location: ['body', ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/'),
      name: keys.at(-1) ?? '',
      schema: pointer,
      merged,
      required,
      value,
      asText,
      place: 'body',
      with: (next) => ({
        ...at,
        body: { mediaType: body?.mediaType, value: withValueAt(body?.value, keys, next) },
      }),
    });
    if (isReference(value) || !isObject(value)) {
      if (Array.isArray(value) && value.length > 0 && merged.items[0] !== undefined)
        visit(merged.items[0], [...keys, '0'], value[0], false, above.union(merged.pointers));
      return;
    }
    for (const [name, [property]] of merged.properties) {
      if (property === undefined) continue;
      const part = Object.hasOwn(value, name) ? value[name] : undefined;
      visit(property, [...keys, name], part, merged.required.has(name), above.union(merged.pointers));
    }
  }
}
