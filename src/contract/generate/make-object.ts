import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import { textOfPattern } from '../../openapi/sample/text-of-pattern.ts';
import type { MergedSchema } from '../../openapi/schema/merge-schema.ts';
import { fastCheck } from './fast-check.ts';
import { type GeneratorContext, strictest, textsOf, type ValuePlace } from './generator-context.ts';

const deepest = 7;

export function makeObject(
  generator: GeneratorContext,
  merged: MergedSchema,
  place: ValuePlace,
): Readonly<Record<string, unknown>> {
  const above = place.above.union(merged.pointers);
  const shown = objectOrEmpty(place.shown);
  const made: Record<string, unknown> = {};
  const put = (name: string, starts: ValuePlace['starts']) => {
    const part = { starts, name, above, depth: place.depth + 1, shown: shown[name] };
    const value = merged.discriminated.get(name) ?? generator.makePart(generator, part);
    if (value !== undefined && name !== '__proto__') made[name] = value;
  };
  const names = namesOf(generator, merged, place, above);
  for (const name of names) put(name, merged.properties.get(name) ?? merged.additional);
  const least = strictest(merged, 'minProperties') ?? 0;
  const free = isFree(merged) ? freeNames(generator, merged, least - Object.keys(made).length) : [];
  for (const { name, starts } of free) put(name, starts);
  return made;
}

/** The properties that are made: what is required, and of the optional ones some, or in full values all. */
function namesOf(
  generator: GeneratorContext,
  merged: MergedSchema,
  place: ValuePlace,
  above: ReadonlySet<string>,
): readonly string[] {
  const { discriminated, properties, required } = merged;
  const most = strictest(merged, 'maxProperties') ?? Number.POSITIVE_INFINITY;
  const least = strictest(merged, 'minProperties') ?? 0;
  const all = [...new Set([...properties.keys(), ...required])].filter(
    (name) => !isReadOnly(generator, merged, name),
  );
  const wanted = new Set(all.filter((name) => required.has(name) || discriminated.has(name)));
  for (const name of all) {
    if (wanted.has(name) || wanted.size >= most || !isOffered(generator, merged, place, above, name))
      continue;
    const isTaken = generator.mode === 'full' || generator.draw(fastCheck().boolean());
    if (isTaken || wanted.size < least) wanted.add(name);
  }
  for (const name of all) if (wanted.size < least) wanted.add(name);
  for (const name of [...wanted]) for (const other of dependents(merged, name)) wanted.add(other);
  return all.filter((name) => wanted.has(name));
}

function isOffered(
  generator: GeneratorContext,
  merged: MergedSchema,
  { depth, shown }: ValuePlace,
  above: ReadonlySet<string>,
  name: string,
): boolean {
  if (generator.room.left <= 0 || depth >= deepest) return false;
  const starts = merged.properties.get(name) ?? [];
  const isCyclic = !generator.merge(starts, new Map()).pointers.isDisjointFrom(above);
  // Which optional parts go together is not known; those that are shown do.
  if (generator.mode === 'near') return Object.hasOwn(objectOrEmpty(shown), name);
  return !isCyclic || (depth < 2 && generator.mode === 'any');
}

function isReadOnly(generator: GeneratorContext, { properties }: MergedSchema, name: string): boolean {
  return generator
    .merge(properties.get(name) ?? [], new Map())
    .nodes.some(({ readOnly }) => readOnly === true);
}

/** Names of the properties that another one requires (`dependentRequired`). */
function dependents({ nodes }: MergedSchema, name: string): readonly string[] {
  return nodes.flatMap(({ dependentRequired }) => {
    const names: unknown = isObject(dependentRequired) ? dependentRequired[name] : undefined;
    return Array.isArray(names) ? names.filter((each) => typeof each === 'string') : [];
  });
}

/** Whether properties may be added that have no schema of their own. */
function isFree({ nodes }: MergedSchema): boolean {
  return !nodes.some((node) => node.additionalProperties === false && node.patternProperties === undefined);
}

/** Names of properties that only a pattern or `additionalProperties` speaks of. */
function freeNames(
  generator: GeneratorContext,
  merged: MergedSchema,
  missing: number,
): readonly { readonly name: string; readonly starts: ValuePlace['starts'] }[] {
  const { boolean, integer } = fastCheck();
  const patterns = [...merged.pointers].flatMap((pointer) => {
    const found = objectOrEmpty(generator.resolver.at(pointer)?.node).patternProperties;
    return Object.keys(objectOrEmpty(found)).map((pattern) => ({
      pattern,
      starts: [pointerTo(pointer, 'patternProperties', pattern)],
    }));
  });
  const isShown = generator.mode === 'near';
  const isOpen = patterns.length > 0 || merged.additional.length > 0;
  const extra = isOpen && !isShown && (generator.mode === 'full' || generator.draw(boolean())) ? 1 : 0;
  return Array.from({ length: Math.min(100, Math.max(missing, extra)) }, (_, index) => {
    const own = patterns[index % (patterns.length || 1)];
    const pick = (_turn: number, below: number) => generator.draw(integer({ min: 0, max: below - 1 }));
    const name = textOfPattern(own?.pattern ?? namePattern(generator, merged) ?? '', 3)?.(pick) ?? '';
    return { name: name === '' ? `property_${index + 1}` : name, starts: own?.starts ?? merged.additional };
  });
}

/** The pattern that `propertyNames` asks for. */
function namePattern(generator: GeneratorContext, merged: MergedSchema): string | undefined {
  const starts = [...merged.pointers].flatMap((pointer) =>
    isObject(objectOrEmpty(generator.resolver.at(pointer)?.node).propertyNames)
      ? [pointerTo(pointer, 'propertyNames')]
      : [],
  );
  return textsOf(generator.merge(starts, new Map()), 'pattern')[0];
}
