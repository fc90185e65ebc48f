import type { Violation } from '../../errors.ts';
import type { Operation, Parameter, ParameterLocation } from '../document/document.ts';
import type { Coerce } from '../schema/coerce-text.ts';
import type { SchemaContext } from '../schema/schema-context.ts';
import { shapeOf, typesAt } from '../schema/schema-shape.ts';
import type { Validate } from '../schema/validators.ts';
import { type ParameterKind, parameterKindOf } from './parameter-kind.ts';

/** A parameter with all that reading it takes. */
export interface PlannedParameter {
  readonly parameter: Parameter;
  /** What violations call it: `query/limit`. */
  readonly location: string;
  readonly kind: ParameterKind;
  /** Whether it may come more than once. */
  readonly repeats: boolean;
  /** For exploded objects: the names of their properties. */
  readonly properties: readonly string[];
  /** For exploded objects: whether names that nothing else claims belong to it. */
  readonly open: boolean;
  readonly json: boolean;
  readonly coerce: Coerce | undefined;
  readonly validate: Validate | undefined;
  readonly fallback: { readonly value: unknown } | undefined;
}

/** The parameters of an operation by where they stand, ready to be read. */
export type ParameterPlan = Readonly<Record<ParameterLocation, readonly PlannedParameter[]>> & {
  /** Query names that a parameter declares; `deepObject` ones claim all names that begin with theirs. */
  readonly claimed: ReadonlySet<string>;
  /** Whether nothing is declared at all. */
  readonly isEmpty: boolean;
};

/** OpenAPI 3.1, section 4.8.12.2: definitions of header parameters with these names are ignored. */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

export function planParameters(operation: Operation, context: SchemaContext): ParameterPlan {
  const planned = operation.parameters
    .filter((parameter) => !isIgnored(parameter, operation))
    .map((parameter) => planParameter(parameter, context));
  const at = (location: ParameterLocation) => planned.filter(({ parameter }) => parameter.in === location);
  const claimed = at('query').flatMap(({ parameter, properties }) =>
    isSpread(parameter, properties) ? properties : [parameter.name],
  );
  return {
    path: at('path'),
    query: at('query'),
    header: at('header'),
    cookie: at('cookie'),
    claimed: new Set(claimed),
    isEmpty: planned.length === 0,
  };
}

function isIgnored({ in: location, name }: Parameter, { path }: Operation): boolean {
  if (location === 'header') return ignoredHeaders.has(name.toLowerCase());
  return location === 'path' && !path.includes(`{${name}}`);
}

function isSpread({ explode, style }: Parameter, properties: readonly string[]): boolean {
  return explode && style === 'form' && properties.length > 0;
}

function planParameter(
  parameter: Parameter,
  { coercions, resolver, validators }: SchemaContext,
): PlannedParameter {
  const { mediaType, name, schema } = parameter;
  const location = `${parameter.in}/${name}`;
  if (schema === undefined) {
    return {
      parameter,
      location,
      kind: 'single',
      repeats: false,
      properties: [],
      open: false,
      json: isJson(mediaType),
      coerce: undefined,
      validate: undefined,
      fallback: undefined,
    };
  }
  const shape = shapeOf(resolver, schema);
  const types = typesAt(resolver, schema);
  const kind = mediaType === undefined ? parameterKindOf(types) : 'single';
  const spread = kind === 'object' && parameter.style === 'form' && parameter.explode;
  return {
    parameter,
    location,
    kind,
    repeats: types.has('array'),
    properties: spread ? [...shape.properties.keys()] : [],
    open: spread && (shape.additional !== undefined || shape.properties.size === 0),
    json: isJson(mediaType),
    coerce: mediaType === undefined ? coercions(schema) : undefined,
    validate: validators.validator(schema, 'request'),
    fallback: shape.fallback,
  };
}

function isJson(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /[/+]json\b/.test(mediaType);
}

/** Coerces, validates and keeps what was read of a parameter; `undefined` means it was not sent. */
export function settleParameter(
  planned: PlannedParameter,
  raw: unknown,
  into: Record<string, unknown>,
  violations: Violation[],
): void {
  const { coerce, fallback, location, parameter, validate } = planned;
  if (raw === undefined) {
    if (fallback) into[parameter.name] = fallback.value;
    else if (parameter.required) violations.push({ location, code: 'required', message: 'is required' });
    return;
  }
  const value = coerce ? coerce(raw) : raw;
  const found = validate?.(value, location);
  if (found && found.length > 0) violations.push(...found);
  else into[parameter.name] = value;
}
