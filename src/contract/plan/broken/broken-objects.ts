import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { fastCheck } from '../../generate/fast-check.ts';
import { schemaArbitrary } from '../../generate/schema-arbitrary.ts';
import { boundOf, hasKeyword } from '../requests/boundary-values.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import type { RequestField } from '../requests/request-fields.ts';
import { isReference } from '../requests/request-templates.ts';
import type { BrokenValue, ValueBreaker } from './broken-value.ts';

const mostProperties = 200;
/** Names that a rule for names may refuse. */
const oddNames = ['sparring unknown~', 'SPARRING', 'sparring_'.repeat(40), '0', 's'];

export const brokenObjects: ValueBreaker = (field, context) => {
  const { merged } = field;
  if (!merged.types?.has('object') || isReference(field.value)) return [];
  const value = isObject(field.value) ? field.value : {};
  return [
    ...(['additionalProperties', 'unevaluatedProperties'] as const)
      .filter((keyword) => hasKeyword(field, keyword))
      .map((keyword) => ({ keyword, value: { ...value, sparring_unknown: 'x' } })),
    ...badNames(field, value, context),
    ...tooFew(field, value),
    ...tooMany(field, value, context),
    ...notBeside(field, value, context),
  ];
};

/** Whether each value of a free property is of its schema is looked at with all else. */
function badNames(field: RequestField, value: JsonObject, context: PlanContext): readonly BrokenValue[] {
  if (!hasKeyword(field, 'propertyNames')) return [];
  const free = freeValue(field, context);
  return oddNames.map((name) => ({ keyword: 'propertyNames', value: { ...value, [name]: free } }));
}

function freeValue(field: RequestField, context: PlanContext): unknown {
  return oneOf(field.merged.additional, context) ?? 'x';
}

/** One value of some schemas. */
function oneOf(starts: RequestField['merged']['additional'], context: PlanContext): unknown {
  const [schema, ...and] = starts;
  if (schema === undefined) return undefined;
  const arbitrary = schemaArbitrary(context.document, context.validators, schema, { and, mode: 'any' });
  return fastCheck().sample(arbitrary, { seed: context.seed, numRuns: 1 })[0];
}

function tooFew(field: RequestField, value: JsonObject): readonly BrokenValue[] {
  const least = boundOf(field, 'minProperties');
  if (least === undefined || least < 1) return [];
  const entries = Object.entries(value);
  const needed = entries.filter(([name]) => field.merged.required.has(name));
  const optional = entries.filter(([name]) => !field.merged.required.has(name));
  const kept = [...needed, ...optional].slice(0, Math.max(needed.length, least - 1));
  return [{ keyword: 'minProperties', value: Object.fromEntries(kept) }];
}

function tooMany(field: RequestField, value: JsonObject, context: PlanContext): readonly BrokenValue[] {
  const most = boundOf(field, 'maxProperties');
  if (most === undefined || most > mostProperties) return [];
  const free = freeValue(field, context);
  const named = [...field.merged.properties].flatMap(([name, starts]) =>
    Object.hasOwn(value, name) ? [] : [[name, oneOf(starts, context)] as const],
  );
  const extra = Array.from({ length: most + 1 }, (_, index) => [nameOf(value, index), free] as const);
  return [named, extra, [...named, ...extra]].map((added) => {
    const missing = Math.max(0, most + 1 - Object.keys(value).length);
    return { keyword: 'maxProperties', value: { ...value, ...Object.fromEntries(added.slice(0, missing)) } };
  });
}

/** A name like those that are there, since there may be rules for names. */
function nameOf(value: JsonObject, index: number): string {
  const [first] = Object.keys(value);
  const webhooks = [...'abcdefghijklmnopqrstuvwxyz'];
  const [one, two] = [webhooks[index % 26] ?? 'a', webhooks[Math.floor(index / 26) % 26] ?? 'a'];
  return first === undefined ? `${two}${one}` : `${first.slice(0, -2)}${two}${one}`;
}

/** A property without the one that must stand beside it. */
function notBeside(field: RequestField, value: JsonObject, context: PlanContext): readonly BrokenValue[] {
  return field.merged.nodes.flatMap(({ dependentRequired }) =>
    Object.entries(isObject(dependentRequired) ? dependentRequired : {}).flatMap(([name, others]) => {
      const starts = field.merged.properties.get(name) ?? field.merged.additional;
      const own = value[name] ?? oneOf(starts, context) ?? 'x';
      return (Array.isArray(others) ? others : []).map((other: unknown) => {
        const rest = Object.entries(value).filter(([key]) => key !== other);
        return { keyword: 'dependentRequired', value: { ...Object.fromEntries(rest), [name]: own } };
      });
    }),
  );
}
