import { isObject, objectOrEmpty } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import { fastCheck } from '../../generate/fast-check.ts';
import { schemaArbitrary } from '../../generate/schema-arbitrary.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import type { RequestField } from '../requests/request-fields.ts';
import { isReference } from '../requests/request-templates.ts';
import type { BrokenValue, ValueBreaker } from './broken-value.ts';

/** One of them is of no branch. */
const strangers: readonly unknown[] = [
  'sparring',
  987_654.5,
  { sparring: 'of no branch' },
  ['sparring'],
  true,
];
const samples = 12;

/** Values that break what schemas say together: no branch or two of them, a condition, what must not be. */
export const brokenGroups: ValueBreaker = (field, context) => {
  if (isReference(field.value)) return [];
  const resolver = resolverOf(context.document);
  return [...field.merged.pointers].flatMap((pointer) => {
    const node = objectOrEmpty(resolver.at(pointer)?.node);
    return [
      ...(branches(node.oneOf).length > 0
        ? [...ofNone('oneOf'), ...ofTwo(field, context, pointer, branches(node.oneOf))]
        : []),
      ...(branches(node.anyOf).length > 0 ? ofNone('anyOf') : []),
      ...(isObject(node.not) ? forbidden(field, context, pointer) : []),
      ...(node.if !== undefined ? conditional(field, context, 'if', [pointerTo(pointer, 'if')]) : []),
      ...Object.keys(objectOrEmpty(node.dependentSchemas)).flatMap((name) =>
        dependent(field, context, pointer, name),
      ),
    ];
  });
};

function branches(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function ofNone(keyword: string): readonly BrokenValue[] {
  return strangers.map((value) => ({ keyword, value }));
}

function ofTwo(
  field: RequestField,
  context: PlanContext,
  pointer: Pointer,
  list: readonly unknown[],
): readonly BrokenValue[] {
  const [first, second] = list.map((_, index) => pointerTo(pointer, 'oneOf', index));
  if (first === undefined || second === undefined) return [];
  return generated(field, context, [first, second]).map((value) => ({ keyword: 'oneOf', value }));
}

function forbidden(field: RequestField, context: PlanContext, pointer: Pointer): readonly BrokenValue[] {
  const values = generated(field, context, [pointerTo(pointer, 'not')]);
  return values.map((value) => ({ keyword: 'not', value }));
}

/** Values for which the condition holds, and the same without one property at a time. */
function conditional(
  field: RequestField,
  context: PlanContext,
  keyword: string,
  and: readonly Pointer[],
): readonly BrokenValue[] {
  return generated(field, context, and)
    .flatMap((value) => (isObject(value) ? [value, ...withoutEach(value)] : [value]))
    .map((value) => ({ keyword, value }));
}

function withoutEach(value: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.keys(value).map((name) =>
    Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)),
  );
}

/** What goes wrong beside a property is told by the keyword that is broken there. */
function dependent(
  field: RequestField,
  context: PlanContext,
  pointer: Pointer,
  name: string,
): readonly BrokenValue[] {
  const { required } = objectOrEmpty(
    resolverOf(context.document).at(pointerTo(pointer, 'dependentSchemas', name))?.node,
  );
  const keyword = Array.isArray(required) ? 'required' : 'type';
  return generated(field, context, [])
    .flatMap((value) => (isObject(value) ? [{ ...value, [name]: value[name] ?? 'x' }] : []))
    .flatMap((value) => [value, ...withoutEach(value)])
    .map((value) => ({ keyword, value }));
}

/** Values of the field's schemas, and of others with them, that nothing was looked at for. */
function generated(
  { location, merged, name, schema }: RequestField,
  { document, seed, validators }: PlanContext,
  and: readonly Pointer[],
): readonly unknown[] {
  const arbitrary = schemaArbitrary(document, validators, schema, { and, mode: 'full', loose: true, name });
  const turn = [...location].reduce(
    (sum, webhook) => sum + (webhook.codePointAt(0) ?? 0),
    merged.nodes.length,
  );
  return fastCheck().sample(arbitrary, { seed: seed + turn, numRuns: samples });
}
