import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import { findMediaType } from '../../../openapi/document/media-type.ts';
import type { Direction } from '../../../openapi/schema/validators.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Facet, FacetKind, SeenContext } from './facet.ts';
import { type Visit, walkDeclared, walkValue } from './walk-schemas.ts';

export const requestPropertyFacet = propertiesIn('request', 'request properties sent');
export const responsePropertyFacet = propertiesIn('response', 'response properties seen');
export const requestEnumFacet = enumsIn('request', 'enum members sent');
export const responseEnumFacet = enumsIn('response', 'enum members seen in answers');

/** The part of a value that is compared with a bound, such as the length of a text. */
const measures: Readonly<Record<string, (value: unknown) => unknown>> = {
  minimum: (value) => value,
  maximum: (value) => value,
  minLength: (value) => (typeof value === 'string' ? [...value].length : undefined),
  maxLength: (value) => (typeof value === 'string' ? [...value].length : undefined),
  minItems: (value) => (Array.isArray(value) ? value.length : undefined),
  maxItems: (value) => (Array.isArray(value) ? value.length : undefined),
  minProperties: (value) => (isObject(value) ? Object.keys(value).length : undefined),
  maxProperties: (value) => (isObject(value) ? Object.keys(value).length : undefined),
};

export const keywordEdgeFacet: FacetKind = {
  id: 'keyword-edges',
  title: 'bounds of requests met at their edge',
  declared: (document) =>
    listed(document, 'request', ({ name, node, pointer }) =>
      Object.keys(measures).flatMap((keyword) =>
        typeof node[keyword] === 'number'
          ? [keywordFacet(pointer, keyword, `${name} ${keyword} ${node[keyword]}`)]
          : [],
      ),
    ),
  seen: (exchange, context) =>
    collected(exchange, context, 'request', (pointer, node, value) =>
      Object.entries(measures).flatMap(([keyword, measure]) =>
        typeof node[keyword] === 'number' && measure(value) === node[keyword]
          ? [pointerTo(pointer, keyword)]
          : [],
      ),
    ),
};

const breakable = [
  ...Object.keys(measures),
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'multipleOf',
  'pattern',
  'type',
  'uniqueItems',
];

export const brokenKeywordFacet: FacetKind = {
  id: 'broken-keywords',
  title: 'rules of requests broken to see them enforced',
  declared: (document) =>
    listed(document, 'request', ({ name, node, pointer }) =>
      breakable.flatMap((keyword) =>
        node[keyword] === undefined || node[keyword] === false
          ? []
          : [keywordFacet(pointer, keyword, `${name} ${keyword}`)],
      ),
    ),
  seen: ({ step }) => (step?.broken ? [step.broken.pointer] : []),
};

function keywordFacet(pointer: Pointer, keyword: string, name: string): Facet {
  const place = pointerTo(pointer, keyword);
  return { key: place, name, pointer: place };
}

function propertiesIn(direction: Direction, title: string): FacetKind {
  const keysOf = (pointer: Pointer, name: string) => pointerTo(pointer, 'properties', name);
  return {
    id: `${direction}-properties`,
    title,
    declared: (document) =>
      listed(document, direction, ({ name, node, pointer }) =>
        Object.entries(isObject(node.properties) ? node.properties : {}).flatMap(([property, schema]) => {
          const key = keysOf(pointer, property);
          const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
          return isObject(schema) && schema[hidden] === true
            ? []
            : [{ key, name: `${name}/${property}`, pointer: key }];
        }),
      ),
    seen: (exchange, context) =>
      collected(exchange, context, direction, (pointer, node, value) => {
        const { properties } = node;
        if (!isObject(value) || !isObject(properties)) return [];
        return Object.keys(value).flatMap((name) =>
          Object.hasOwn(properties, name) ? [keysOf(pointer, name)] : [],
        );
      }),
  };
}

function enumsIn(direction: Direction, title: string): FacetKind {
  const keyOf = (pointer: Pointer, member: unknown) => `${pointer} ${JSON.stringify(member)}`;
  return {
    id: `${direction}-enums`,
    title,
    declared: (document) =>
      listed(document, direction, ({ name, node, pointer }) =>
        (Array.isArray(node.enum) ? node.enum : []).map((member) => ({
          key: keyOf(pointer, member),
          name: `${name} ${JSON.stringify(member)}`,
          pointer: pointerTo(pointer, 'enum'),
        })),
      ),
    seen: (exchange, context) =>
      collected(exchange, context, direction, (pointer, node, value) =>
        Array.isArray(node.enum) ? [keyOf(pointer, value)] : [],
      ),
  };
}

function listed(
  document: ApiDocument,
  direction: Direction,
  list: (visit: Visit) => readonly Facet[],
): readonly Facet[] {
  const facets: Facet[] = [];
  walkDeclared(document, direction, (visit) => facets.push(...list(visit)));
  return facets;
}

function collected(
  exchange: CaseExchange,
  context: SeenContext,
  direction: Direction,
  list: (pointer: Pointer, node: JsonObject, value: unknown) => readonly string[],
): readonly string[] {
  const keys: string[] = [];
  for (const { pointer, value } of valuesOf(exchange, direction))
    walkValue(context, pointer, value, direction, (at, node, part) => keys.push(...list(at, node, part)));
  return keys;
}

/** The values of a message that have a schema. */
function valuesOf(
  { operation, response, sent }: CaseExchange,
  direction: Direction,
): readonly { readonly pointer: Pointer; readonly value: unknown }[] {
  if (direction === 'response') {
    const declared = response && findResponse(operation, response.status);
    const type = response?.headers['content-type'];
    const media = declared && type !== undefined ? findMediaType(declared.mediaTypes, type) : undefined;
    return media?.schema !== undefined && response?.json
      ? [{ pointer: media.schema, value: response.json.value }]
      : [];
  }
  const places = { path: sent.path, query: sent.query, header: sent.headers, cookie: sent.cookies };
  const parameters = operation.parameters.flatMap(({ in: place, name, schema }) => {
    const value = places[place][name];
    return schema === undefined || value === undefined ? [] : [{ pointer: schema, value }];
  });
  const media = operation.requestBody?.mediaTypes.find(({ name }) => name === sent.body?.mediaType);
  if (media?.schema === undefined || sent.body === undefined || sent.body.raw !== undefined)
    return parameters;
  return [...parameters, { pointer: media.schema, value: sent.body.value }];
}
