import type { Arbitrary, Stream, Value } from 'fast-check';
import { isObject } from '../../json/is-object.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { fastCheck } from '../generate/fast-check.ts';
import type { RequestTemplate } from '../model/request-template.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';
import { type RequestField, requestFieldsOf } from '../plan/requests/request-fields.ts';
import { isReference } from '../plan/requests/request-templates.ts';

/** Of the ways to shrink one text or number, the boldest. */
const mostOfLeaf = 6;

/** Requests that are a little smaller than one, the boldest first: without what is optional, with fewer items, with shorter and simpler values. */
export function* smallerRequests(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  onlyDrops: boolean,
): Generator<RequestTemplate> {
  const fields = requestFieldsOf(context, operation, template).filter(
    ({ place, value }) => value !== undefined && place !== 'path' && !(place === 'body' && hasRaw(template)),
  );
  const optional = fields.filter(({ location, required }) => !required && location !== 'body');
  yield withoutAll(context, operation, template, optional);
  for (const field of optional) yield field.with(undefined);
  for (const field of fields) yield* fewerItems(field);
  if (onlyDrops) return;
  for (const field of fields) for (const value of simplerValues(field)) yield field.with(value);
}

function hasRaw({ body }: RequestTemplate): boolean {
  return body?.raw !== undefined;
}

/** Without everything optional; each is looked for anew, since those before it have changed the request. */
function withoutAll(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  optional: readonly RequestField[],
): RequestTemplate {
  return optional.reduce((smaller, { location }) => {
    const field = requestFieldsOf(context, operation, smaller).find((each) => each.location === location);
    return field && field.value !== undefined ? field.with(undefined) : smaller;
  }, template);
}

function* fewerItems({ value, ...field }: RequestField): Generator<RequestTemplate> {
  if (!Array.isArray(value) || value.length === 0) return;
  yield field.with([]);
  if (value.length < 2) return;
  const half = Math.ceil(value.length / 2);
  yield field.with(value.slice(0, half));
  yield field.with(value.slice(half));
  yield field.with(value.slice(0, -1));
  yield field.with(value.slice(1));
}

/** Shorter texts and smaller numbers, as fast-check shrinks them. */
function simplerValues({ value }: RequestField): readonly unknown[] {
  const { constantFrom, maxSafeInteger, string } = fastCheck();
  if (typeof value === 'string') {
    const unit = constantFrom(...new Set(['a', ...value]));
    return [...valuesOf(string({ unit }), value), 'a'.repeat([...value].length)];
  }
  if (typeof value !== 'number') return value === true ? [false] : [];
  const whole = Math.trunc(value);
  return [...(whole === value ? [] : [whole]), ...valuesOf(maxSafeInteger(), whole)];
}

function valuesOf<T>(arbitrary: Arbitrary<T>, value: T): readonly T[] {
  if (!arbitrary.canShrinkWithoutContext(value)) return [];
  return [...arbitrary.shrink(value, undefined).take(mostOfLeaf)].map((each) => each.value);
}

export interface RequestArbitraryOptions {
  readonly first: RequestTemplate;
  /** The smaller requests of one that are still what the first one is. */
  readonly shrink: (template: RequestTemplate) => Iterable<RequestTemplate>;
}

/** Only one request, and all that it can be shrunk to. */
export function requestArbitrary({ first, shrink }: RequestArbitraryOptions): Arbitrary<RequestTemplate> {
  const fc = fastCheck();

  class RequestArbitrary extends fc.Arbitrary<RequestTemplate> {
    override generate(): Value<RequestTemplate> {
      return new fc.Value(first, undefined);
    }

    override canShrinkWithoutContext(value: unknown): value is RequestTemplate {
      return isObject(value) && !isReference(value);
    }

    override shrink(template: RequestTemplate): Stream<Value<RequestTemplate>> {
      const smaller = shrink(template)[Symbol.iterator]();
      return fc.stream(iterate(smaller)).map((each) => new fc.Value(each, undefined));
    }
  }
  return new RequestArbitrary();
}

function* iterate<T>(iterator: Iterator<T>): Generator<T, undefined> {
  for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value;
  return undefined;
}
