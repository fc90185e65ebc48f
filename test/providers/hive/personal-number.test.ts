import { describe, expect, it } from 'vitest';
import * as numbers from '../../../src/providers/hive/personal-number.ts';
import { createDerivation, type Derivation } from '../../../src/state/derivation.ts';

/** Draws the given serial and number instead of derived ones. */
function drawing(serial: string, number = 0): Derivation {
  return { ...createDerivation('fixed'), text: () => serial, integer: () => number };
}

describe('personal numbers', () => {
  it.each([
    // The report in the API reference.
    ['Estonian', '38001085718', numbers.estonianNumber('1980-01-08', 'M', drawing('571'))],
    // The example numbers that validators of the national schemes are tested with.
    ['Polish', '44051401359', numbers.polishNumber('1944-05-14', 'M', drawing('013', 2))],
    ['Romanian', '1800101221144', numbers.romanianNumber('1980-01-01', 'M', drawing('114', 22))],
    ['Latvian', '161175-19997', numbers.latvianNumber('1975-11-16', 'M', drawing('999'))],
  ])('are those of published %s examples', (_, published, drawn) => {
    expect(drawn).toBe(published);
  });

  it('tell sex and century', () => {
    expect(numbers.estonianNumber('2004-02-29', 'F', drawing('123'))).toMatch(/^6040229/);
    expect(numbers.polishNumber('2004-02-29', 'F', drawing('123', 1))).toMatch(/^0422291232/);
    expect(numbers.finnishNumber('2004-02-29', 'M', drawing('', 7))).toMatch(/^290204A915/);
    expect(numbers.romanianNumber('2004-02-29', 'F', drawing('123', 1))).toMatch(/^604022901123/);
    expect(numbers.ukrainianNumber('2004-02-29', 'F', drawing('1234'))).toMatch(/^20040229-1234\d$/);
  });

  it('have one check digit for every serial', () => {
    for (let serial = 0; serial < 1000; serial += 1) {
      const draw = drawing(String(serial).padStart(3, '0'));
      expect(numbers.latvianNumber('1975-11-16', 'F', draw)).toMatch(/^161175-1\d{4}$/);
      expect(numbers.estonianNumber('1975-11-16', 'F', draw)).toMatch(/^4751116\d{4}$/);
    }
  });

  it('keep their shape for births before and after the centuries they know', () => {
    for (const birth of ['0001-01-01', '1750-06-01', '2250-06-01'])
      expect(numbers.estonianNumber(birth, 'M', drawing('123'))).toMatch(/^\d{11}$/);
  });
});
