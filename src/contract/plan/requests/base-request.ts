import { isObject, type JsonObject } from '../../../json/is-object.ts';
import type { Pointer } from '../../../json/json-pointer.ts';
import {
  type BodyExample,
  bodyExamples,
  parameterExamples,
} from '../../../openapi/document/declared-examples.ts';
import type { ApiDocument, MediaType, Operation, Parameter } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { sample } from '../../../openapi/sample/sample.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import type { Precondition } from '../../model/case.ts';
import type { BodyTemplate, RequestTemplate } from '../../model/request-template.ts';
import { type GivenValue, withGivenAt } from './given-values.ts';
import { isSafe } from './is-safe.ts';
import { sourceByLink } from './links.ts';
import type { PlanContext } from './plan-context.ts';
import { withOwnAddresses } from './with-own-addresses.ts';
import { withOwnId } from './with-own-id.ts';
import { withOwnNames } from './with-own-names.ts';

/** A request that should be accepted, and the records it is about. */
export interface BaseRequest {
  readonly template: RequestTemplate;
  readonly preconditions: readonly Precondition[];
  /** Whether every value it needs is known; a path parameter may name something nobody can make. */
  readonly certain: boolean;
}

export interface BaseOptions {
  readonly mediaType?: MediaType | undefined;
  readonly example?: BodyExample;
  /** Takes the example that says most, rather than the first. */
  readonly fullest?: boolean;
  /** Makes what the body says this case's own, above all addresses and names. */
  readonly unique?: string;
}

/**
 * The request that other cases vary: required parameters by their examples, a body by its first example, else generated;
 * ids of other records are References to ones the run makes.
 */
export function baseRequest(
  context: PlanContext,
  operation: Operation,
  options: BaseOptions = {},
): BaseRequest {
  const preconditions = new Map<string, Precondition>();
  const path = pathValues(context, operation, preconditions);
  const required = operation.parameters.filter(
    (parameter) => parameter.required || givenParameter(context, operation, parameter) !== undefined,
  );
  const at = (place: Parameter['in']) =>
    Object.fromEntries(
      required
        .filter((parameter) => parameter.in === place && !isIgnored(parameter))
        .map((parameter) => [parameter.name, parameterValue(context, operation, parameter)]),
    );
  const body = baseBody(context, operation, options);
  const { example } = options;
  const unique = options.unique === undefined ? undefined : `${context.seed} ${options.unique}`;
  const value = unique === undefined ? body?.value : ownValue(context, operation, body, unique);
  const key = unique ?? `${operation.id} ${body?.mediaType} ${example?.name}`;
  const own = withOwnId(context, operation, body?.mediaType ?? '', value, key);
  const related = body && withReferences(context, operation, own, preconditions);
  const given = body && withGivenBody(context, operation, body.mediaType, related?.value);
  const isUsed = usesOf(path.values, given);
  return {
    template: {
      method: operation.method.toUpperCase(),
      path: path.values,
      query: at('query'),
      headers: at('header'),
      cookies: at('cookie'),
      body: body && { ...body, value: given },
      credentials: 'valid',
      standIns: { ...path.standIns, ...related?.standIns },
    },
    preconditions:
      context.given.length === 0 ? [...preconditions.values()] : [...preconditions.values()].filter(isUsed),
    certain: path.certain && !isNamedInBody(context.document, operation),
  };
}

/** A body with what was given for it. */
export function withGivenBody(
  { given }: PlanContext,
  operation: Operation,
  mediaType: string | undefined,
  value: unknown,
): unknown {
  return given.reduce(
    (body, each) =>
      each.keysInBody(operation, mediaType).reduce((part, keys) => withGivenAt(part, keys, each.value), body),
    value,
  );
}

/** What was given for a parameter. */
export function givenParameter(
  { given }: PlanContext,
  operation: Operation,
  { in: place, name }: Parameter,
): GivenValue | undefined {
  return given.find((each) => each.isOfParameter(operation, place, name));
}

/** What a given value stands for need not be made. */
function usesOf(path: unknown, body: unknown): (precondition: Precondition) => boolean {
  const named = new Set(JSON.stringify([path, body]).match(/(?<="\$from":")[^"]+/g));
  return ({ name }) => named.has(name);
}

/** The body as no other case sends it; names are left where the schema wants them as they are. */
function ownValue(
  { validators }: PlanContext,
  operation: Operation,
  body: BodyTemplate | undefined,
  key: string,
): unknown {
  const value = withOwnAddresses(body?.value, key);
  const named = withOwnNames(value, key);
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === body?.mediaType)?.schema;
  const isFine = schema === undefined || validators.validate(schema, named, 'request', 'body').length === 0;
  return isFine ? named : value;
}

/** An update of the record that its body names: nobody has seen to that there is one of that id. */
function isNamedInBody(document: ApiDocument, { method, path, requestBody }: Operation): boolean {
  if ((method !== 'put' && method !== 'patch') || path.includes('{')) return false;
  const schema = requestBody?.mediaTypes[0]?.schema;
  return schema !== undefined && recordPropertiesOf(document, schema).has('id');
}

/** OpenAPI 3.1, section 4.8.12.2. */
export function isIgnored({ in: place, name }: Parameter): boolean {
  return place === 'header' && ['accept', 'content-type', 'authorization'].includes(name.toLowerCase());
}

function pathValues(context: PlanContext, operation: Operation, preconditions: Map<string, Precondition>) {
  const values: Record<string, unknown> = {};
  const standIns: Record<string, unknown> = {};
  let certain = true;
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'path' || !operation.path.includes(`{${parameter.name}}`)) continue;
    const source = sourceOf(context, operation, parameter.name);
    const given = givenParameter(context, operation, parameter);
    // The run changes only what it made itself.
    const isUsable = isSafe(operation.method) || context.collections.roleOf(operation)?.role === 'create';
    if (given && (isUsable || !source)) {
      values[parameter.name] = given.value;
    } else if (source) {
      const { name } = addNeed(
        preconditions,
        source.collection,
        usageOf(context, operation, source.collection),
      );
      values[parameter.name] = { $from: name, field: source.field };
      standIns[`${name}.${source.field}`] = parameterValue(context, operation, parameter);
    } else {
      values[parameter.name] = parameterValue(context, operation, parameter);
      certain = false;
    }
  }
  return { values, standIns, certain };
}

/** By the path, else by a link; undefined where no record can be found to take it from. */
function sourceOf({ collections, document }: PlanContext, operation: Operation, name: string) {
  const source = collections.sourceOfParameter(operation, name);
  if (source && canBeFound(source.collection)) return source;
  const linked = sourceByLink(document, collections, operation, name);
  return linked && canBeFound(linked.collection) ? linked : undefined;
}

function canBeFound({ create, list }: ApiCollection): boolean {
  return create !== undefined || list !== undefined;
}

/** Operations that only read one record do so with any; others may ask for a state of it. */
function usageOf(context: PlanContext, operation: Operation, collection: ApiCollection): string | undefined {
  const role = context.collections.roleOf(operation);
  return role?.collection === collection ? undefined : operation.id;
}

function addNeed(
  preconditions: Map<string, Precondition>,
  { name }: ApiCollection,
  usableFor: string | undefined,
): Precondition {
  const known = preconditions.get(name);
  if (known) return known;
  const precondition = { name, collection: name, usableFor };
  preconditions.set(name, precondition);
  return precondition;
}

/** The value of a parameter: its example, else a sample of its schema. */
export function parameterValue(context: PlanContext, operation: Operation, parameter: Parameter): unknown {
  const given = givenParameter(context, operation, parameter);
  if (given) return given.value;
  const [first] = parameterExamples(context.document, operation, parameter);
  if (first) return first.value;
  if (parameter.schema === undefined) return 'x';
  const source = seededSource(context.seed, operation.id, parameter.in);
  return sample(context.document, parameter.schema, source, parameter.name, {
    full: true,
    validators: context.validators,
  });
}

function baseBody(
  context: PlanContext,
  operation: Operation,
  { example, fullest = false, mediaType: wanted, unique = '' }: BaseOptions,
): BodyTemplate | undefined {
  const declared = operation.requestBody?.mediaTypes ?? [];
  const mediaType = wanted ?? declared.find(({ name }) => /\bjson\b/.test(name)) ?? declared[0];
  if (!mediaType) return undefined;
  const name = mediaType.name.includes('*') ? 'application/octet-stream' : mediaType.name;
  const own = bodyExamples(context.document, mediaType);
  // Media types of one body mostly describe the same.
  const all = own.length > 0 ? own : declared.flatMap((each) => bodyExamples(context.document, each));
  const shown = example ?? (fullest ? longestOf(all) : all[0]);
  if (shown) return { mediaType: name, value: shown.value };
  if (mediaType.schema === undefined) return { mediaType: name, value: 'sample' };
  const source = seededSource(context.seed, operation.id, unique);
  const made = sample(context.document, mediaType.schema, source, 'body', {
    full: true,
    validators: context.validators,
  });
  return { mediaType: name, value: withoutReadOnly(context.document, mediaType.schema, made) };
}

function longestOf(examples: readonly BodyExample[]): BodyExample | undefined {
  const length = ({ value }: BodyExample) => JSON.stringify(value).length;
  return examples.toSorted((one, other) => length(other) - length(one))[0];
}

function withoutReadOnly(document: ApiDocument, schema: Pointer, value: unknown): unknown {
  if (!isObject(value)) return value;
  const properties = recordPropertiesOf(document, schema);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const at = properties.get(name);
      const node = at === undefined ? undefined : document.resolve<JsonObject>(at)?.node;
      if (isObject(node) && node.readOnly === true) return [];
      return [[name, at === undefined ? part : withoutReadOnly(document, at, part)]];
    }),
  );
}

/** The body with ids of other records replaced by References to records that the case needs. */
export function withReferences(
  context: PlanContext,
  operation: Operation,
  value: unknown,
  preconditions: Map<string, Precondition>,
): { readonly value: unknown; readonly standIns: Record<string, unknown> } {
  const standIns: Record<string, unknown> = {};
  if (!isObject(value)) return { value, standIns };
  const { collection: own, role } = context.collections.roleOf(operation) ?? {};
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => {
    if (typeof part !== 'string' && typeof part !== 'number') return [name, part];
    // What a record is called stays as it is when the record is changed.
    if (own && role === 'update' && name === own.id && preconditions.has(own.name)) {
      standIns[`${own.name}.${name}`] = part;
      return [name, { $from: own.name, field: name }];
    }
    const source = context.collections.relationOf(operation, name);
    if (!source || source.collection === own || !canBeFound(source.collection)) return [name, part];
    const precondition = addNeed(preconditions, source.collection, operation.id);
    standIns[`${precondition.name}.${source.field}`] = part;
    return [name, { $from: precondition.name, field: source.field }];
  });
  return { value: Object.fromEntries(entries), standIns };
}
