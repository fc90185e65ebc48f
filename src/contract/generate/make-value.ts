import { isObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import type { MergedSchema } from '../../openapi/schema/merge-schema.ts';
import type { JsonType } from '../../openapi/schema/schema-shape.ts';
import { fastCheck } from './fast-check.ts';
import type { GeneratorContext, ValuePlace } from './generator-context.ts';
import { makeList } from './make-list.ts';
import { makeNumber, makeNumberNear } from './make-number.ts';
import { makeObject } from './make-object.ts';
import { makeText, makeWords } from './make-text.ts';

const deepest = 12;
/** How often a value is made again that breaks what it was not made by, such as `not`. */
const tries = 12;
/** Of the values of a list, the first ones are taken. */
const mostListed = 10_000;
/** Values that are made although there is no room for them, since they are required. */
const mostMore = 2000;
const none: ReadonlyMap<Pointer, Pointer> = new Map();
/** Keywords that values are not made by, but only looked at afterwards. */
const unmade = [
  'not',
  'if',
  'dependentSchemas',
  'oneOf',
  'contains',
  'propertyNames',
  'unevaluatedProperties',
];

/** A value that the schemas of a place allow, as far as their keywords tell how; undefined: better none. */
export function makeValue(generator: GeneratorContext, place: ValuePlace): unknown {
  generator.room.left -= 1;
  // Schemas that ask for each other have no end.
  if (generator.room.left < -mostMore) return null;
  const { nodes } = generator.merge(place.starts, none);
  if (generator.loose || !nodes.some((node) => unmade.some((keyword) => node[keyword] !== undefined)))
    return makeOnce(generator, place, none);
  let value: unknown;
  for (let turn = 0; turn < tries; turn += 1) {
    const starts = [...place.starts, ...branchOfIf(generator, place, turn)];
    // All optional parts together may be what is forbidden.
    const mode = generator.mode === 'full' && turn > 1 ? 'any' : generator.mode;
    value = makeOnce({ ...generator, mode }, { ...place, starts }, none);
    if (value === undefined || isValid(generator, place, value)) break;
  }
  return value;
}

function isValid({ validators }: GeneratorContext, { starts }: ValuePlace, value: unknown): boolean {
  return starts.every((start) => validators.validate(start, value, 'request', 'value').length === 0);
}

/** In turns what a condition asks for, together with the condition, and what it asks for otherwise. */
function branchOfIf(generator: GeneratorContext, { starts }: ValuePlace, turn: number): readonly Pointer[] {
  const found = [...generator.merge(starts, none).pointers].find((pointer) => {
    const node = generator.resolver.at(pointer)?.node;
    return isObject(node) && node.if !== undefined;
  });
  if (found === undefined || turn % 3 === 0) return [];
  const keywords = turn % 3 === 1 ? ['if', 'then'] : ['else'];
  return keywords.map((keyword) => pointerTo(found, keyword));
}

function makeOnce(
  generator: GeneratorContext,
  place: ValuePlace,
  chosen: ReadonlyMap<Pointer, Pointer>,
): unknown {
  const { draw, mode } = generator;
  const merged = generator.merge(place.starts, chosen);
  const values = fixedValues(merged);
  if (values)
    return mode === 'near'
      ? near(values, place)
      : draw(fastCheck().constantFrom(...values.slice(0, mostListed)));
  const [group] = merged.groups;
  if (group) {
    const branches = leadingOut(generator, group.branches, place);
    const branch =
      mode === 'near'
        ? branchOfShown(generator, branches, place)
        : draw(fastCheck().constantFrom(...branches));
    return branch === undefined
      ? place.shown
      : makeOnce(generator, place, new Map([...chosen, [group.pointer, branch]]));
  }
  if (place.depth > deepest) return null;
  const type = draw(fastCheck().constantFrom(...typesOf(merged)));
  return mode === 'near'
    ? makeNear(generator, merged, place, type)
    : makeOfType(generator, merged, place, type);
}

/** The values that all of the schemas name. */
function fixedValues(merged: MergedSchema): readonly unknown[] | undefined {
  if (!fixed.has(merged)) fixed.set(merged, commonValues(merged));
  return fixed.get(merged);
}

/** Lists may have thousands of values. */
const fixed = new WeakMap<MergedSchema, readonly unknown[] | undefined>();

function commonValues({ nodes }: MergedSchema): readonly unknown[] | undefined {
  const lists = nodes.flatMap((node): (readonly unknown[])[] => [
    ...(Array.isArray(node.enum) ? [node.enum] : []),
    ...(Object.hasOwn(node, 'const') ? [[node.const]] : []),
  ]);
  const [first, ...others] = lists;
  const texts = others.map((list) => new Set(list.map((value) => JSON.stringify(value))));
  const common = first?.filter((value) => texts.every((list) => list.has(JSON.stringify(value))));
  return common && common.length > 0 ? common : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Which of several values a server takes beside the others is not known: the shown one, or the only one. */
function near(values: readonly unknown[], { shown }: ValuePlace): unknown {
  if (values.some((value) => isSame(value, shown))) return shown;
  return values.length === 1 ? values[0] : undefined;
}

function leadingOut(
  generator: GeneratorContext,
  branches: readonly Pointer[],
  { above, depth }: ValuePlace,
): readonly Pointer[] {
  const out = branches.filter((branch) => generator.merge([branch], none).pointers.isDisjointFrom(above));
  return out.length > 0 && depth > 2 ? out : branches;
}

function branchOfShown(
  generator: GeneratorContext,
  branches: readonly Pointer[],
  { shown }: ValuePlace,
): Pointer | undefined {
  return shown === undefined
    ? undefined
    : branches.find((branch) => generator.validators.validate(branch, shown, 'request', '').length === 0);
}

/** Null is no more than one value of many. */
function typesOf({ types }: MergedSchema): readonly JsonType[] {
  // Schemas that contradict each other leave no type; what is made then is refused by whoever checks it.
  const all: readonly JsonType[] = types && types.size > 0 ? [...types] : ['string'];
  const others = all.filter((type) => type !== 'null');
  return all.includes('null') && others.length > 0 ? [...others, ...others, ...others, 'null'] : all;
}

function makeOfType(
  generator: GeneratorContext,
  merged: MergedSchema,
  place: ValuePlace,
  type: JsonType,
): unknown {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return generator.draw(fastCheck().boolean());
    case 'integer':
    case 'number':
      return makeNumber(generator, merged, !merged.types?.has('number'));
    case 'string':
      return makeText(generator, merged);
    case 'array':
      return makeList(generator, merged, place);
    case 'object':
      return makeObject(generator, merged, place);
  }
}

/** Another value where every one will do, else what the document shows. */
function makeNear(
  generator: GeneratorContext,
  merged: MergedSchema,
  place: ValuePlace,
  type: JsonType,
): unknown {
  const { shown } = place;
  if (Array.isArray(shown) && merged.items.length > 0) return makeList(generator, merged, place);
  if (isObject(shown) && merged.properties.size > 0)
    return { ...shown, ...makeObject(generator, merged, place) };
  if (type === 'boolean') return shown === undefined ? undefined : generator.draw(fastCheck().boolean());
  if (type === 'integer' || type === 'number')
    return makeNumberNear(generator, merged, !merged.types?.has('number'), place) ?? shown;
  return (type === 'string' ? makeWords(generator, merged, place) : undefined) ?? shown;
}
