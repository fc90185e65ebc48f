import type { MergedSchema } from '../../openapi/schema/merge-schema.ts';
import { fastCheck } from './fast-check.ts';
import { type GeneratorContext, strictest, type ValuePlace } from './generator-context.ts';

/** Items beyond the least that a list is given. */
const more = 3;
const mostItems = 200;
/** How often an item is made again that must differ from those before. */
const tries = 10;

export function makeList(
  generator: GeneratorContext,
  merged: MergedSchema,
  place: ValuePlace,
): readonly unknown[] {
  const { contains, items, nodes, prefixItems } = merged;
  const above = place.above.union(merged.pointers);
  const isCyclic = !generator.merge(items, new Map()).pointers.isDisjointFrom(above);
  const wanted = contains.length > 0 ? (strictest(merged, 'minContains') ?? 1) : 0;
  const least = Math.max(strictest(merged, 'minItems') ?? 0, wanted);
  const isClosed = nodes.some((node) => node.items === false);
  const most = Math.min(
    strictest(merged, 'maxItems') ?? mostItems,
    isClosed ? prefixItems.length : mostItems,
  );
  const extra = (isCyclic && place.depth > 2) || place.depth > 6 || generator.room.left <= 0 ? 0 : more;
  const isFilled = generator.mode !== 'any' && extra > 0;
  const from = isFilled ? Math.max(least, 1, generator.mode === 'full' ? prefixItems.length : 0) : least;
  const length = generator.draw(
    fastCheck().integer({ min: Math.min(from, most), max: Math.min(most, Math.max(from, least + extra)) }),
  );
  const isUnique = nodes.some(({ uniqueItems }) => uniqueItems === true);
  const shown: readonly unknown[] = Array.isArray(place.shown) ? place.shown : [];
  const made: unknown[] = [];
  const texts = new Set<string>();
  for (let index = 0; index < length; index += 1) {
    const own = prefixItems[index] ?? items;
    const starts = index >= length - wanted ? [...own, ...contains] : own;
    const part = {
      starts,
      name: place.name,
      above,
      depth: place.depth + 1,
      shown: shown[index % (shown.length || 1)],
    };
    let item = generator.makePart(generator, part);
    for (let turn = 0; isUnique && turn < tries && texts.has(JSON.stringify(item)); turn += 1)
      item = generator.makePart(generator, part);
    const text = JSON.stringify(item);
    if (isUnique && texts.has(text) && made.length >= least) break;
    texts.add(text);
    made.push(item);
  }
  return made;
}
