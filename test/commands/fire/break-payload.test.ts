import { describe, expect, it } from 'vitest';
import { breakPayload } from '../../../src/commands/fire/break-payload.ts';

const order = { id: 'a', lines: [{ sku: 'x', count: 2 }], note: null };

/** Breaks an order for a document that refuses what `isRefused` says. */
function broken(isRefused: (candidate: ReturnType<typeof JSON.parse>) => boolean): Promise<unknown> {
  return breakPayload(order, async (candidate) => isRefused(candidate));
}

describe('a broken payload', () => {
  it('lacks a field that is required', async () => {
    expect(await broken((candidate) => candidate.lines === undefined)).toEqual({ id: 'a', note: null });
  });

  it('has a field of another type where none is required', async () => {
    const found = await broken(({ id }) => id !== undefined && typeof id !== 'string');
    expect(found).toMatchObject({ id: expect.any(Object), lines: order.lines });
  });

  it('differs deep inside where only that is refused', async () => {
    const found = await broken(({ lines }) => Array.isArray(lines) && !Number.isInteger(lines[0].count));
    expect(found).toEqual({ ...order, lines: [{ sku: 'x' }] });
  });

  it('is a value of another type for a payload that is one value', async () => {
    expect(await breakPayload(5, async (candidate) => typeof candidate !== 'number')).toEqual(
      expect.any(String),
    );
  });

  it('cannot be had of a document that allows everything', async () => {
    await expect(broken(() => false)).rejects.toThrow('No payload was found that breaks the document.');
  });
});
