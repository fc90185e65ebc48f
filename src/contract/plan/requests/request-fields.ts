import { isObject, objectOrEmpty } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import { boundedPattern } from '../../../json/patterns/bounded-pattern.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import type { Operation, Parameter } from '../../../openapi/document/document.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import { type MergedSchema, mergeSchema } from '../../../openapi/schema/merge-schema.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { isIgnored } from './base-request.ts';
import type { PlanContext } from './plan-context.ts';
import { isReference, withStandIns } from './request-templates.ts';

type Means = Pick<PlanContext, 'document' | 'validators'>;

/** A value in a request that a schema speaks of. */
export interface RequestField {
  /** `body/address/city`, `query/limit`. */
  readonly location: string;
  readonly name: string;
  /** The first of the schemas that speak of it. */
  readonly schema: Pointer;
  /** All schemas that speak of the field, with the branches that its value takes. */
  readonly merged: MergedSchema;
  readonly required: boolean;
  /** What the base request has there; undefined: nothing. */
  readonly value: unknown;
  /** Written as text, so that every value arrives as a string: in forms and most parameters. */
  readonly asText: boolean;
  readonly place: 'body' | 'path' | 'query' | 'headers' | 'cookies';
  /** The request with another value there; undefined removes it. */
  with(value: unknown): RequestTemplate;
}

/** A whole parameter or body: what its parts are put into. */
interface Root {
  readonly location: string;
  readonly name: string;
  readonly place: RequestField['place'];
  readonly asText: boolean;
  readonly value: unknown;
  readonly standIns: Readonly<Record<string, unknown>>;
  put(value: unknown): RequestTemplate;
}

/** How many more fields are looked at. */
interface Room {
  left: number;
}

interface Part {
  readonly starts: readonly Pointer[];
  readonly keys: readonly string[];
  readonly value: unknown;
  readonly required: boolean;
  readonly above: ReadonlySet<Pointer>;
}

const deepest = 5;
const places = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** Characters that are written for one kind of cases of an operation, where each field is varied once. */
const mostWritten = 600_000;
const mostFields = 200;
const fewestFields = 5;

const limits = new WeakMap<RequestTemplate, number>();

/** How many fields of a request are looked at: each is tried in requests of its own, which take the longer the larger they are. */
function limitOf(template: RequestTemplate): number {
  let limit = limits.get(template);
  if (limit === undefined) {
    const size = JSON.stringify(template).length;
    limit = Math.min(mostFields, Math.max(fewestFields, Math.floor(mostWritten / size)));
    limits.set(template, limit);
  }
  return limit;
}

/** Whether a request has, as far as is known, more fields than are looked at. */
export function isCut(fields: readonly RequestField[], template: RequestTemplate): boolean {
  return fields.length >= limitOf(template);
}

/** What is told where there are more fields. */
export function cutFields(fields: readonly RequestField[]): string {
  return `its requests are large, and only ${fields.length} of their fields are varied`;
}

/**
 * The parameters of a request and the parts of its body, with the schemas that rule them; of a large request the first ones.
 */
export function requestFieldsOf(
  means: Means,
  operation: Operation,
  template: RequestTemplate,
): readonly RequestField[] {
  const room = { left: limitOf(template) };
  const parameters = operation.parameters.flatMap((parameter): RequestField[] => {
    const { in: location, name, required, schema } = parameter;
    if (schema === undefined || isIgnored(parameter)) return [];
    if (location === 'path' && !operation.path.includes(`{${name}}`)) return [];
    const root = parameterRoot(template, parameter);
    return partsOf({ ...means, room }, root, {
      starts: [schema],
      keys: [],
      value: root.value,
      required,
      above: new Set(),
    });
  });
  const { body } = template;
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === body?.mediaType)?.schema;
  if (!body || schema === undefined) return parameters;
  const root: Root = {
    location: 'body',
    name: '',
    place: 'body',
    asText: !/\bjson\b/.test(body.mediaType ?? ''),
    value: body.value,
    standIns: template.standIns ?? {},
    put: (value) => ({ ...template, body: { mediaType: body.mediaType, value } }),
  };
  const whole = { starts: [schema], keys: [], value: body.value, required: true, above: new Set<Pointer>() };
  return [...parameters, ...partsOf({ ...means, room }, root, whole)];
}

function parameterRoot(template: RequestTemplate, { in: location, mediaType, name }: Parameter): Root {
  const place = places[location];
  const values = template[place];
  return {
    location: `${location}/${name}`,
    name,
    place,
    asText: mediaType === undefined,
    value: values[name],
    standIns: template.standIns ?? {},
    put(value) {
      const others = Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
      return { ...template, [place]: value === undefined ? others : { ...others, [name]: value } };
    },
  };
}

function partsOf(means: Means & { readonly room: Room }, root: Root, part: Part): RequestField[] {
  if (means.room.left <= 0) return [];
  const { above, keys, required, starts, value } = part;
  const merged = mergeTaken(means, starts, withStandIns(value, root.standIns));
  const [schema] = starts;
  if (schema === undefined || keys.length > deepest || !merged.pointers.isDisjointFrom(above)) return [];
  // What the server alone sets is not asked of a request.
  if (merged.nodes.some(({ readOnly }) => readOnly === true)) return [];
  means.room.left -= 1;
  const field: RequestField = {
    location: [root.location, ...keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))].join(
      '/',
    ),
    name: keys.findLast((key) => !/^\d+$/.test(key)) ?? root.name,
    schema,
    merged,
    required,
    value,
    asText: root.asText,
    place: root.place,
    with: (next) => root.put(keys.length === 0 ? next : withValueAt(root.value, keys, next)),
  };
  const inside = above.union(merged.pointers);
  return [
    field,
    ...innerParts(means, merged, value).flatMap((inner) =>
      partsOf(means, root, { ...inner, keys: [...keys, ...inner.keys], above: inside }),
    ),
  ];
}

/** The schemas of a value with the branches of `oneOf` and `anyOf` that it takes. */
function mergeTaken(
  { document, validators }: Means,
  starts: readonly Pointer[],
  value: unknown,
): MergedSchema {
  const resolver = resolverOf(document);
  const chosen = new Map<Pointer, Pointer>();
  let merged = mergeSchema(resolver, starts, chosen);
  while (value !== undefined) {
    const group = merged.groups.find(({ pointer }) => !chosen.has(pointer));
    const taken = group?.branches.find(
      (branch) => validators.validate(branch, value, 'request', '').length === 0,
    );
    if (!group || taken === undefined) break;
    chosen.set(group.pointer, taken);
    merged = mergeSchema(resolver, starts, chosen);
  }
  return merged;
}

type Inner = Omit<Part, 'above'>;

function innerParts({ document }: Means, merged: MergedSchema, value: unknown): readonly Inner[] {
  if (Array.isArray(value)) return itemsIn(merged, value);
  if (isReference(value) || !isObject(value)) return [];
  const named = [...merged.properties].map(([name, starts]) => ({
    starts,
    keys: [name],
    value: Object.hasOwn(value, name) ? value[name] : undefined,
    required: merged.required.has(name),
  }));
  const free = Object.keys(value).filter((name) => !merged.properties.has(name));
  const patterns = [...merged.pointers].flatMap((pointer) => {
    const found = objectOrEmpty(resolverOf(document).at(pointer)?.node).patternProperties;
    return Object.keys(objectOrEmpty(found)).map((pattern) => ({ pattern, pointer }));
  });
  const others = free.slice(0, 2).map((name) => {
    const own = patterns.filter(({ pattern }) => boundedPattern(pattern).test(name));
    const starts = own.map(({ pattern, pointer }) => pointerTo(pointer, 'patternProperties', pattern));
    return {
      starts: starts.length > 0 ? starts : merged.additional,
      keys: [name],
      value: value[name],
      required: merged.required.has(name),
    };
  });
  return [...named, ...others];
}

/** One item of each schema. */
function itemsIn({ items, prefixItems }: MergedSchema, list: readonly unknown[]): readonly Inner[] {
  const parts = [...prefixItems, ...(items.length > 0 ? [items] : [])];
  return parts.slice(0, list.length).map((starts, index) => ({
    starts,
    keys: [String(index)],
    value: list[index],
    required: false,
  }));
}
