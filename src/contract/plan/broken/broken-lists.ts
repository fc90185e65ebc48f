import { fastCheck } from '../../generate/fast-check.ts';
import { schemaArbitrary } from '../../generate/schema-arbitrary.ts';
import { boundOf, hasKeyword } from '../requests/boundary-values.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import type { RequestField } from '../requests/request-fields.ts';
import type { BrokenValue, ValueBreaker } from './broken-value.ts';

const mostItems = 500;
/** One of them is not what `contains` asks for. */
const odd: readonly unknown[] = ['sparring', 987_654.5, { sparring: 'odd' }, true, []];

export const brokenLists: ValueBreaker = (field, context) => {
  if (!field.merged.types?.has('array')) return [];
  const items: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  return [
    ...tooFew(field, items),
    ...tooMany(field, items, context),
    ...(hasKeyword(field, 'uniqueItems') ? repeated(field, items) : []),
    ...(hasKeyword(field, 'items', 'unevaluatedItems') ? beyond(field, items, context) : []),
    ...(hasKeyword(field, 'contains') ? contained(field, items, context) : []),
  ];
};

function tooFew(field: RequestField, items: readonly unknown[]): readonly BrokenValue[] {
  const least = boundOf(field, 'minItems');
  return least === undefined || least < 1 ? [] : [{ keyword: 'minItems', value: items.slice(0, least - 1) }];
}

function tooMany(
  field: RequestField,
  items: readonly unknown[],
  context: PlanContext,
): readonly BrokenValue[] {
  const most = boundOf(field, 'maxItems');
  if (most === undefined || most > mostItems) return [];
  const distinct = distinctItems(field, items, most + 1, context);
  const repeated =
    items.length === 0 ? [] : Array.from({ length: most + 1 }, (_, index) => items[index % items.length]);
  return [repeated, distinct]
    .filter((list) => list.length > most)
    .map((value) => ({ keyword: 'maxItems', value }));
}

/** The field's own items, and generated ones that differ from them and each other. */
function distinctItems(
  { merged, name }: RequestField,
  items: readonly unknown[],
  count: number,
  { document, seed, validators }: PlanContext,
): readonly unknown[] {
  const [schema, ...and] = merged.items;
  const found = new Map(items.map((item) => [JSON.stringify(item), item]));
  if (schema !== undefined && found.size < count) {
    const arbitrary = schemaArbitrary(document, validators, schema, { and, mode: 'any', name });
    for (const item of fastCheck().sample(arbitrary, { seed, numRuns: count * 3 })) {
      if (found.size >= count) break;
      found.set(JSON.stringify(item), item);
    }
  }
  return [...found.values()];
}

function repeated(field: RequestField, items: readonly unknown[]): readonly BrokenValue[] {
  const [first] = items;
  if (first === undefined) return [];
  const most = boundOf(field, 'maxItems') ?? mostItems;
  const lists = [[...items, first].slice(-Math.max(2, most)), [first, first], [...items.slice(0, -1), first]];
  return lists.map((value) => ({ keyword: 'uniqueItems', value }));
}

/** One more than `prefixItems` allows, with all of those before it. */
function beyond(
  { merged }: RequestField,
  items: readonly unknown[],
  { document, seed, validators }: PlanContext,
): readonly BrokenValue[] {
  const missing = merged.prefixItems.slice(items.length).map(([schema = '#', ...and]) => {
    const arbitrary = schemaArbitrary(document, validators, schema, { and, mode: 'any' });
    return fastCheck().sample(arbitrary, { seed, numRuns: 1 })[0];
  });
  return (['items', 'unevaluatedItems'] as const).flatMap((keyword) =>
    odd.map((value) => ({ keyword, value: [...items, ...missing, value] })),
  );
}

function contained(
  field: RequestField,
  items: readonly unknown[],
  { document, seed, validators }: PlanContext,
): readonly BrokenValue[] {
  const { contains, items: itemSchemas, nodes } = field.merged;
  const [schema] = contains;
  if (schema === undefined) return [];
  const isIn = (item: unknown) => validators.validate(schema, item, 'request', '').length === 0;
  const [itemSchema, ...and] = itemSchemas;
  const { sample } = fastCheck();
  const made =
    itemSchema === undefined
      ? odd
      : sample(schemaArbitrary(document, validators, itemSchema, { and, mode: 'any' }), {
          seed,
          numRuns: 20,
        });
  const others = [...items, ...made].filter((item) => !isIn(item));
  const [wanted] = [
    ...items.filter(isIn),
    ...sample(schemaArbitrary(document, validators, schema, { and: itemSchemas, mode: 'any' }), {
      seed,
      numRuns: 1,
    }),
  ];
  const most = nodes.flatMap(({ maxContains }) => (typeof maxContains === 'number' ? [maxContains] : []))[0];
  const length = Math.max(1, boundOf(field, 'minItems') ?? 1);
  return [
    { keyword: 'contains', value: others.slice(0, length) },
    ...(most === undefined
      ? []
      : [{ keyword: 'contains', value: Array.from({ length: most + 1 }, () => wanted) }]),
  ];
}
