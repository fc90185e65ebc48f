import type { JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../document/document.ts';
import type { Resolver } from '../document/resolver.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { type BranchGroup, type MergedSchema, mergeSchema } from '../schema/merge-schema.ts';
import type { Validators } from '../schema/validators.ts';
import { freePropertyNames, freePropertySchemas } from './property-names.ts';
import { sampleNumber } from './sample-number.ts';
import type { SampleSource } from './sample-source.ts';
import { sampleText, textFactsOf } from './sample-text.ts';

export type { SampleSource } from './sample-source.ts';

export interface SampleOptions {
  /** All properties, an item of each array, and texts and numbers that look like something; else the least there can be. */
  readonly full?: boolean;
  /** Which of several values, examples and branches is taken is the source's choice; else it is the first. */
  readonly varied?: boolean;
  /** The event it tells of: what a list of values is taken from where it is in it, and what `type` and the like are. */
  readonly event?: string;
  /** Each branch and shown value is tried, and passed over when the schema refuses it; else the first one is taken. */
  readonly validators?: Validators;
  /** Texts, numbers and times are like those of real records, times counted back from here (milliseconds since the Unix epoch). */
  readonly plausible?: number;
  /** What the document shows is passed over. */
  readonly unshown?: boolean;
}

interface Making extends SampleOptions {
  readonly source: SampleSource;
  readonly merge: (starts: readonly Pointer[], chosen: ReadonlyMap<Pointer, Pointer>) => MergedSchema;
  /** How many more values may be generated; after that only what is required is. */
  readonly room: { left: number };
}

/** Where a value stands: the schemas that all speak of it, its name, and the schemas it is made for a part of. */
interface Place {
  readonly starts: readonly Pointer[];
  readonly field: string;
  readonly above: ReadonlySet<Pointer>;
  readonly depth: number;
  /** Which of equal items it is, where items must differ. */
  readonly turn: number;
}

const deepest = 8;
const mostValues = 4000;
const none: ReadonlyMap<Pointer, Pointer> = new Map();

/**
 * A value that the schema at `pointer` allows: what the document shows (`default`, `const`, an example, one of an `enum`), else
 * what its type, format, pattern and bounds ask for, with all that `allOf` and a branch of `oneOf` and `anyOf` bring.
 * Schemas that ask for more (`not`, `if`, groups of dependent properties) may refuse it: check where that matters.
 */
export function sample(
  document: ApiDocument,
  pointer: Pointer,
  source: SampleSource,
  field: string,
  options: SampleOptions = {},
): unknown {
  const making = { ...options, source, merge: mergerOf(resolverOf(document)), room: { left: mostValues } };
  return make(making, { starts: [pointer], field, above: new Set(), depth: 0, turn: 0 }, none);
}

function mergerOf(resolver: Resolver): Making['merge'] {
  const merged = new Map<string, MergedSchema>();
  return (starts, chosen) => {
    if (chosen.size > 0) return mergeSchema(resolver, starts, chosen);
    const key = starts.join(' ');
    let known = merged.get(key);
    if (!known) {
      known = mergeSchema(resolver, starts, chosen);
      merged.set(key, known);
    }
    return known;
  };
}

function make(making: Making, place: Place, chosen: ReadonlyMap<Pointer, Pointer>): unknown {
  const merged = making.merge(place.starts, chosen);
  making.room.left -= 1;
  // Schemas that ask for each other have no end.
  if (making.room.left < -mostValues) return null;
  for (const value of making.unshown ? [] : shownValues(making, merged, place))
    if (isFine(making, place, value)) return value;
  if (place.depth > deepest || (merged.types?.has('null') && !making.full)) return null;
  const [group] = merged.groups;
  if (!group) return makeByType(making, merged, place);
  let first: { readonly value: unknown } | undefined;
  for (const branch of inOrder(making, group, place)) {
    const value = make(making, place, new Map([...chosen, [group.pointer, branch]]));
    if (isFine(making, place, value)) return value;
    first ??= { value };
  }
  return first?.value;
}

/** Whether a value will do, as far as it is looked at: once there is no room left, anything does. */
function isFine({ room, validators }: Making, { starts }: Place, value: unknown): boolean {
  if (!validators || room.left < 0) return true;
  return starts.every((start) => validators.validate(start, value, 'response', 'value').length === 0);
}

/** The branches of a group: those that lead out first, then those that lead back to where the value is a part of. */
function inOrder(making: Making, { branches, pointer }: BranchGroup, place: Place): readonly Pointer[] {
  const start = making.varied
    ? making.source.integer(`${place.field} ${pointer}`, 0, branches.length - 1)
    : 0;
  const turned = [...branches.slice(start), ...branches.slice(0, start)];
  const rank = (branch: Pointer) => {
    const { pointers, types } = making.merge([branch], none);
    if (!pointers.isDisjointFrom(place.above)) return 2;
    return making.full && types?.size === 1 && types.has('null') ? 1 : 0;
  };
  return turned.sort((one, other) => rank(one) - rank(other));
}

/** What the schemas show, the likeliest first. */
function shownValues(making: Making, merged: MergedSchema, place: Place): readonly unknown[] {
  const { full = false, source, varied = false } = making;
  const { nodes, wholes } = merged;
  const constant = valuesOf(nodes, 'const');
  const listed = listsOf(nodes, 'enum');
  const values = commonOf(listed);
  // Long lists are gone through for each value, and count for it.
  making.room.left -= Math.floor(values.length / 25);
  const start = varied ? source.integer(`${place.field} enum`, 0, Math.max(values.length - 1, 0)) : 0;
  const turned = values.map((_, index) => values[(start + place.turn + index) % values.length]);
  const told =
    values.length > 0 ? values.filter((value) => value === making.event) : eventOf(making, merged, place);
  const fallback = valuesOf(wholes, 'default');
  const example = valuesOf(wholes, 'example');
  const examples = listsOf(wholes, 'examples').flat();
  if (!full) return [...fallback, ...constant, ...example, ...examples, ...turned];
  const from = varied ? source.integer(`${place.field} example`, 0, Math.max(examples.length - 1, 0)) : 0;
  const shown = [...example, ...examples.slice(from), ...examples.slice(0, from)];
  const listedFirst = varied || place.turn > 0 ? [...turned, ...shown] : [...shown, ...turned];
  const ordered = [...constant, ...told, ...listedFirst, ...fallback];
  // Nothing tells as little as null, and it is always left where nothing else is shown.
  return ordered.filter((value) => value !== null || constant.length > 0 || turned.length > 0);
}

/** What is in all of some lists. */
function commonOf([first = [], ...others]: readonly (readonly unknown[])[]): readonly unknown[] {
  const sets = others.map((list) => new Set(list));
  return first.filter((value) => sets.every((set) => set.has(value)));
}

const eventName = /\.(?:event|type|topic|event_?(?:type|name))$/i;

/** The name of the event, for a text at the top that is there to say it. */
function eventOf({ event }: Making, { types }: MergedSchema, { depth, field }: Place): readonly unknown[] {
  return event !== undefined && depth === 1 && types?.has('string') && eventName.test(field) ? [event] : [];
}

function valuesOf(nodes: readonly JsonObject[], key: string): unknown[] {
  return nodes.flatMap(({ [key]: value }) => (value === undefined ? [] : [value]));
}

function listsOf(nodes: readonly JsonObject[], key: string): (readonly unknown[])[] {
  return nodes.flatMap(({ [key]: value }) => (Array.isArray(value) ? [value] : []));
}

function makeByType(making: Making, merged: MergedSchema, place: Place): unknown {
  const { nodes, types } = merged;
  const source = making.full ? making.source : undefined;
  if (types?.has('array')) return makeArray(making, merged, place);
  if (types?.has('object') || (!types && (merged.properties.size > 0 || merged.required.size > 0)))
    return makeObject(making, merged, place);
  if (types?.has('boolean') && types.size === 1)
    return making.varied ? making.source.integer(place.field, 0, 1) === 1 : place.turn % 2 === 1;
  const isText = !types || types.has('string');
  if (isText && !(types === undefined && isNumeric(nodes)))
    return sampleText(textFactsOf(nodes), making.source, place.field, making.full ?? false, making.plausible);
  if (types?.has('number') || types?.has('integer') || !types)
    return sampleNumber(
      nodes,
      types !== undefined && !types.has('number'),
      source,
      place.field,
      making.plausible,
    );
  return types.has('boolean') ? false : null;
}

function isNumeric(nodes: readonly JsonObject[]): boolean {
  return nodes.some(({ maximum, minimum }) => minimum !== undefined || maximum !== undefined);
}

function makeObject(making: Making, merged: MergedSchema, place: Place): JsonObject {
  const { discriminated, nodes, properties, required } = merged;
  const hasOnlyPatterned = making.full === true && properties.size === 0 && merged.patterned.size > 0;
  const least = largest(nodes, 'minProperties', hasOnlyPatterned ? 1 : 0);
  const names = [...properties.keys(), ...[...required].filter((name) => !properties.has(name))];
  const wanted = new Set(
    names.filter(
      (name) => required.has(name) || discriminated.has(name) || isOffered(making, merged, place, name),
    ),
  );
  for (const name of names) if (wanted.size < least) wanted.add(name);
  for (const name of freePropertyNames(merged, making.source, place.field)) {
    if (wanted.size >= least) break;
    wanted.add(name);
  }
  const above = place.above.union(merged.pointers);
  const made: Record<string, unknown> = {};
  for (const name of [...names, ...wanted].filter((each) => wanted.has(each) && each !== '__proto__')) {
    if (Object.hasOwn(made, name)) continue;
    const starts = properties.get(name) ?? freePropertySchemas(merged, name);
    const part = { starts, field: `${place.field}.${name}`, above, depth: place.depth + 1, turn: 0 };
    const fixed = discriminated.get(name);
    made[name] =
      fixed === undefined || !isFine(making, part, fixed) || isFixed(making, starts, fixed)
        ? make(making, part, none)
        : fixed;
  }
  return made;
}

/** Whether a discriminating property has values of its own, of which the wanted name is none. */
function isFixed(making: Making, starts: readonly Pointer[], name: string): boolean {
  const { nodes } = making.merge(starts, none);
  const values = [...valuesOf(nodes, 'const'), ...listsOf(nodes, 'enum').flat()];
  return values.length > 0 && !values.includes(name);
}

/** Whether an optional property is made: one that is not the client's alone, and does not lead back to where it stands. */
function isOffered(making: Making, merged: MergedSchema, place: Place, name: string): boolean {
  if (!making.full || making.room.left < 0 || place.depth >= deepest - 2) return false;
  if (merged.nodes.some(({ maxProperties }) => maxProperties !== undefined)) return false;
  const { nodes, pointers } = making.merge(merged.properties.get(name) ?? [], none);
  if (nodes.some(({ deprecated, writeOnly }) => deprecated === true || writeOnly === true)) return false;
  return nodes.length > 0 && pointers.isDisjointFrom(place.above.union(merged.pointers));
}

function makeArray(making: Making, merged: MergedSchema, place: Place): unknown[] {
  const { contains, items, nodes, prefixItems } = merged;
  const above = place.above.union(merged.pointers);
  const most = Math.min(
    100,
    ...nodes.flatMap(({ maxItems }) => (typeof maxItems === 'number' ? [maxItems] : [])),
  );
  const isCyclic = !making.merge(items, none).pointers.isDisjointFrom(above);
  const isOffered = making.full && items.length > 0 && !isCyclic && making.room.left > 0;
  const least = Math.max(largest(nodes, 'minItems', 0), contains.length > 0 ? 1 : 0, isOffered ? 1 : 0);
  const isUnique = nodes.some(({ uniqueItems }) => uniqueItems === true);
  const room = Math.max(1, making.room.left);
  return Array.from({ length: Math.min(least, most, room) }, (_, index) => {
    const starts = prefixItems[index] ?? (index === prefixItems.length ? [...items, ...contains] : items);
    const field = `${place.field}.${index}`;
    return make(making, { starts, field, above, depth: place.depth + 1, turn: isUnique ? index : 0 }, none);
  });
}

function largest(nodes: readonly JsonObject[], key: string, otherwise: number): number {
  return Math.max(
    otherwise,
    ...nodes.flatMap(({ [key]: value }) => (typeof value === 'number' ? [value] : [])),
  );
}
