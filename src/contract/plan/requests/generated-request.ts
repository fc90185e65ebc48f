import { parameterExamples } from '../../../openapi/document/declared-examples.ts';
import type { MediaType, Operation, Parameter } from '../../../openapi/document/document.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import { fastCheck } from '../../generate/fast-check.ts';
import type { GeneratorMode } from '../../generate/generator-context.ts';
import { schemaArbitrary } from '../../generate/schema-arbitrary.ts';
import type { Precondition } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import {
  type BaseRequest,
  baseRequest,
  givenParameter,
  isIgnored,
  withGivenBody,
  withReferences,
} from './base-request.ts';
import { isSafe } from './is-safe.ts';
import type { PlanContext } from './plan-context.ts';
import { withStandIns } from './request-templates.ts';
import { violationsOf } from './violations-of.ts';
import { withOwnAddresses } from './with-own-addresses.ts';
import { withOwnId } from './with-own-id.ts';

export interface GeneratedOptions {
  readonly mediaType: MediaType | undefined;
  readonly mode: GeneratorMode;
  /** Which one of several it is; each is another. */
  readonly turn: number;
}

/** How often a request is generated again when its schemas refuse it. */
const tries = 25;
const places = { query: 'query', header: 'headers', cookie: 'cookies' } as const;

/**
 * A request with generated values in every place, which the compiled schemas allow; ids of other records are References to ones
 * that the run makes. Undefined where none was found that they allow.
 */
export function generatedRequest(
  context: PlanContext,
  operation: Operation,
  options: GeneratedOptions,
): BaseRequest | undefined {
  const label = `${options.mediaType?.name ?? ''} ${options.mode} ${options.turn}`;
  const unique = `${operation.id} generated ${label}`;
  const base = baseRequest(context, operation, { mediaType: options.mediaType, unique });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const seed = seededSource(context.seed, operation.id, label, attempt).integer('seed', 0, 2 ** 31 - 1);
    const made = makeRequest(context, operation, base, { ...options, seed, unique });
    if (violationsOf(context, operation, made.template)?.length === 0) return made;
  }
  return undefined;
}

interface MakeOptions extends GeneratedOptions {
  readonly seed: number;
  readonly unique: string;
}

function makeRequest(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  options: MakeOptions,
): BaseRequest {
  const preconditions = new Map<string, Precondition>(
    base.preconditions.map((precondition) => [precondition.name, precondition]),
  );
  const { body, path, ...rest } = base.template;
  const value = body && withOwnAddresses(bodyValue(context, base.template, options), options.unique);
  const own = withOwnId(context, operation, body?.mediaType ?? '', value, options.unique);
  const related = body && withReferences(context, operation, own, preconditions);
  const template: RequestTemplate = {
    ...rest,
    path: pathValues(context, operation, path, options),
    ...parameterValues(context, operation, base.template, options),
    body: body && { ...body, value: withGivenBody(context, operation, body.mediaType, related?.value) },
    standIns: { ...rest.standIns, ...related?.standIns },
  };
  return {
    template,
    preconditions: [...preconditions.values()],
    certain: base.certain && options.mode === 'near',
  };
}

function bodyValue(
  { document, validators }: PlanContext,
  { body, standIns }: RequestTemplate,
  { mode, mediaType, seed }: MakeOptions,
): unknown {
  const shown = withStandIns(body?.value, standIns ?? {});
  if (mediaType?.schema === undefined) return shown;
  return drawn(schemaArbitrary(document, validators, mediaType.schema, { mode, shown }), seed);
}

function drawn(arbitrary: ReturnType<typeof schemaArbitrary>, seed: number): unknown {
  const [value] = fastCheck().sample(arbitrary, { seed, numRuns: 1 });
  return value;
}

type ParameterValues = Pick<RequestTemplate, 'cookies' | 'headers' | 'query'>;

function parameterValues(
  context: PlanContext,
  operation: Operation,
  base: RequestTemplate,
  options: MakeOptions,
): ParameterValues {
  const made: Record<keyof ParameterValues, Record<string, unknown>> = {
    query: {},
    headers: {},
    cookies: {},
  };
  const optional = operation.parameters.filter(({ in: place, required }) => place !== 'path' && !required);
  // Which of them go together is not known.
  const only = options.mode === 'near' ? optional[options.seed % (optional.length || 1)] : undefined;
  operation.parameters.forEach((parameter, index) => {
    if (parameter.in === 'path' || isIgnored(parameter)) return;
    if (options.mode === 'near' && !parameter.required && parameter !== only) return;
    const place = places[parameter.in];
    const value = parameterValue(context, operation, parameter, {
      ...options,
      seed: (options.seed + 7919 * (index + 1)) % 2 ** 31,
      shown: base[place][parameter.name],
    });
    if (value !== undefined) made[place][parameter.name] = value;
  });
  return made;
}

function parameterValue(
  context: PlanContext,
  operation: Operation,
  parameter: Parameter,
  { mode, seed, shown: given }: MakeOptions & { readonly shown: unknown },
): unknown {
  const { in: place, name, required, schema } = parameter;
  const { document, validators } = context;
  const known = givenParameter(context, operation, parameter);
  if (known) return known.value;
  const isTaken = required || mode === 'full' || drawn(fastCheck().boolean(), seed);
  if (isTaken !== true) return undefined;
  const shown = given ?? parameterExamples(document, operation, parameter)[0]?.value;
  if (schema === undefined) return shown;
  const value = drawn(schemaArbitrary(document, validators, schema, { mode, name, shown }), seed);
  return place === 'header' ? visible(value) : value;
}

/** Fields of a header are of visible characters (RFC 9110, section 5.5). */
function visible(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(visible);
  return typeof value === 'string' ? value.replaceAll(/[^!-+\--~]/g, 'x') : value;
}

/** Values of a path are kept, but for ids that nothing has, where an operation only reads. */
function pathValues(
  { document, validators }: PlanContext,
  operation: Operation,
  path: RequestTemplate['path'],
  { mode, seed }: MakeOptions,
): RequestTemplate['path'] {
  if (mode !== 'any' || !isSafe(operation.method)) return path;
  const generated = operation.parameters.flatMap(({ in: place, name, schema }) => {
    if (place !== 'path' || schema === undefined || !Object.hasOwn(path, name)) return [];
    const value = drawn(schemaArbitrary(document, validators, schema, { mode, name }), seed);
    // An empty segment, or one of dots, is another path; what is encoded in one is read in more than one way.
    const text = typeof value === 'string' ? value.replaceAll(/[^\p{L}\p{N}_-]/gu, '') : value;
    return text === '' ? [] : [[name, text] as const];
  });
  return { ...path, ...Object.fromEntries(generated) };
}
