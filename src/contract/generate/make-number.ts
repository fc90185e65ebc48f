import { numberRange, tidy } from '../../openapi/sample/sample-number.ts';
import type { MergedSchema } from '../../openapi/schema/merge-schema.ts';
import { fastCheck } from './fast-check.ts';
import { type GeneratorContext, textsOf, type ValuePlace } from './generator-context.ts';
import { isOneOfPair } from './human-text.ts';

/** Of numbers that nothing bounds: what every number type of a database holds. */
const largest = 2 ** 31 - 1;

/** A number that its schemas allow; of those without a bound mostly small ones, sometimes the largest that are safe. */
export function makeNumber(generator: GeneratorContext, merged: MergedSchema, isInteger: boolean): number {
  const { least, most, step } = numberRange(merged.nodes, isInteger);
  const isStepped = isInteger || merged.nodes.some(({ multipleOf }) => multipleOf !== undefined);
  const { from, to } = finite(merged, least, most);
  if (isStepped) {
    const steps = Math.max(0, Math.floor(Math.min((to - from) / step, Number.MAX_SAFE_INTEGER)));
    return tidy(from + step * generator.draw(fastCheck().integer({ min: 0, max: steps })));
  }
  // As many digits as prices and coordinates have; more of them are lost on the way of many a server.
  const grain = Math.min(0.01, step / 4);
  const grains = Math.max(0, Math.floor(Math.min((to - from) / grain, Number.MAX_SAFE_INTEGER)));
  return tidy(from + grain * generator.draw(fastCheck().integer({ min: 0, max: grains })));
}

function finite(merged: MergedSchema, least: number, most: number): { from: number; to: number } {
  const isBelow = merged.nodes.some(
    ({ exclusiveMinimum, minimum }) => minimum !== undefined || exclusiveMinimum !== undefined,
  );
  const limit = textsOf(merged, 'format').includes('int64') ? Number.MAX_SAFE_INTEGER : largest;
  const to = Number.isFinite(most) ? most : Math.max(limit, least);
  const from = isBelow ? least : Number.isFinite(most) ? least - 1000 * 10 : least - 1000;
  return { from: Math.max(from, Number.MIN_SAFE_INTEGER), to: Math.min(to, Number.MAX_SAFE_INTEGER) };
}

/** Where what the document shows and what it allows bound a number on both sides, one between. */
export function makeNumberNear(
  generator: GeneratorContext,
  merged: MergedSchema,
  isInteger: boolean,
  { name, shown }: ValuePlace,
): number | undefined {
  if (isOneOfPair(name)) return undefined;
  const { least, most, step } = numberRange(merged.nodes, isInteger);
  const isBelow = merged.nodes.some(
    ({ exclusiveMinimum, minimum }) => minimum !== undefined || exclusiveMinimum !== undefined,
  );
  const example = typeof shown === 'number' ? shown : undefined;
  const from = isBelow ? least : example;
  const to = Number.isFinite(most) ? most : example;
  if (from === undefined || to === undefined || from > to) return undefined;
  const steps = Math.floor(Math.min((to - from) / step, Number.MAX_SAFE_INTEGER));
  return tidy(from + step * generator.draw(fastCheck().integer({ min: 0, max: steps })));
}
