import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/json/is-object.ts';
import kept from './public-surface.json' with { type: 'json' };
import { readPublicSurface } from './public-surface.ts';

/** Names that are in the first and not in the second, list by list. */
function gone(before: unknown, now: unknown, path = ''): readonly string[] {
  if (Array.isArray(before))
    return before
      .filter((name) => !Array.isArray(now) || !now.includes(name))
      .map((name) => `${path} ${name}`);
  if (!isObject(before)) return [];
  return Object.entries(before).flatMap(([key, value]) =>
    gone(value, isObject(now) ? now[key] : undefined, key),
  );
}

describe('what users have in their scripts, configurations, documents and tests', () => {
  it('is all still there', async () => {
    const now = await readPublicSurface(fileURLToPath(new URL('../..', import.meta.url)));
    expect(gone(kept, now)).toEqual([]);
    for (const list of [now.exports.index, now.flags, now.checks, now.report, now.errors])
      expect(list?.length).toBeGreaterThan(20);
  });

  it('is missed when it is not', () => {
    expect(gone({ flags: ['a', 'b'], exports: { index: ['C'] } }, { flags: ['a'], exports: {} })).toEqual([
      'flags b',
      'index C',
    ]);
  });
});
