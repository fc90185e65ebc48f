import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDerivation } from '../../src/state/derivation.ts';

const derive = createDerivation(1, 'shop', 'customers', 5);

it('gives the same for the same key and field, in any order of asking', () => {
  const again = createDerivation(1, 'shop', 'customers', 5);
  const last = again.uuid('last');
  expect(again.uuid('id')).toBe(derive.uuid('id'));
  expect(derive.uuid('last')).toBe(last);
});

it('gives what it always gave, so that ids stay over releases', () => {
  expect(derive.uuid('id')).toBe('61f303ba-977a-45af-baca-46fd6bc69707');
});

it('gives version 4 UUIDs, and another for every key, field and seed', () => {
  const others = [
    derive.uuid('id'),
    derive.uuid('key'),
    createDerivation(2, 'shop', 'customers', 5).uuid('id'),
    createDerivation(1, 'shop', 'customers', 6).uuid('id'),
    createDerivation(1, 'shopcustomers', '', 5).uuid('id'),
    createDerivation(1, 'shop', 'customers').uuid('5id'),
  ];
  for (const uuid of others)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(others).size).toBe(others.length);
});

it('keeps to the range asked for, ends included', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (field, min, span) => {
      const value = derive.integer(field, min, min + span);
      expect(Number.isInteger(value) && value >= min && value <= min + span).toBe(true);
    }),
  );
  const dice = new Set(Array.from({ length: 200 }, (_, index) => derive.integer(`dice ${index}`, 1, 6)));
  expect([...dice].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

it('gives fractions in [0, 1) that spread', () => {
  const fractions = Array.from({ length: 1000 }, (_, index) => derive.fraction(`f${index}`));
  expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
  expect(fractions.reduce((sum, fraction) => sum + fraction, 0) / 1000).toBeCloseTo(0.5, 1);
});

it('gives as many bytes and characters as asked for, of the alphabet asked for', () => {
  for (const length of [0, 1, 31, 32, 33, 100]) {
    expect(derive.bytes('secret', length)).toHaveLength(length);
    expect(derive.text('secret', length, 'abc')).toMatch(new RegExp(`^[abc]{${length}}$`));
  }
  expect(derive.text('secret', 200)).toMatch(/^[A-Za-z0-9]{200}$/);
  expect(derive.bytes('secret', 100).subarray(0, 40)).toEqual(derive.bytes('secret', 40));
});

it('picks each of the choices', () => {
  const picked = new Set(
    Array.from({ length: 100 }, (_, index) => derive.pick(`p${index}`, ['a', 'b', null])),
  );
  expect(picked).toEqual(new Set(['a', 'b', null]));
});
