import { describe, expect, it } from 'vitest';
import { cardMrz, type MrzFields, passportMrz } from '../../../src/providers/hive/mrz.ts';
import { transliterate } from '../../../src/providers/hive/transliterate.ts';

const anna: MrzFields = {
  documentCode: 'P',
  issuer: 'UTO',
  documentNumber: 'L898902C3',
  optionalData: 'ZE184226B',
  dateOfBirth: '1974-08-12',
  sex: 'F',
  dateOfExpiry: '2012-04-15',
  nationality: 'UTO',
  surname: 'ERIKSSON',
  givenNames: 'ANNA MARIA',
};

describe('machine readable zones', () => {
  it('are those of the specimen passport of ICAO Doc 9303-4', () => {
    expect(passportMrz(anna).lines).toEqual([
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ]);
  });

  it('are those of the specimen card of ICAO Doc 9303-5', () => {
    const card = cardMrz({ ...anna, documentCode: 'I', documentNumber: 'D23145890', optionalData: '' });
    expect(card.lines).toEqual([
      'I<UTOD231458907<<<<<<<<<<<<<<<',
      '7408122F1204159UTO<<<<<<<<<<<6',
      'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    ]);
    expect(card).toMatchObject({ documentNumberDigit: '7', dateOfBirthDigit: '2', finalDigit: '6' });
  });

  it('keep the first letter of the given names when the surname alone would fill the line', () => {
    const [, , names] = cardMrz({ ...anna, surname: 'NILAVADHANANANDA'.repeat(3) }).lines;
    expect(names).toMatch(/^[A-Z]{27}<<A$/);
    expect(names).toHaveLength(30);
  });

  it('fill the line after a surname without given names', () => {
    const [, , names] = cardMrz({ ...anna, surname: 'ARKFREITH', givenNames: '' }).lines;
    expect(names).toBe('ARKFREITH'.padEnd(30, '<'));
  });
});

describe('names in a machine readable zone', () => {
  it.each([
    ['Jõeorg', 'JOEORG'],
    ['Jaak-Kristjan', 'JAAK KRISTJAN'],
    ["D'Artagnan", 'DARTAGNAN'],
    ['Straße', 'STRASSE'],
    ['Ångström Þór Łódź', 'AANGSTROEM THOR LODZ'],
    ['Müller', 'MUELLER'],
    ['Щербаков Юрій', 'SHCHERBAKOV IURII'],
    ['Ελένη', 'ELENI'],
    ['山田', ''],
    ['  two   spaces ', 'TWO SPACES'],
  ])('turn %s into %j', (name, expected) => {
    expect(transliterate(name)).toBe(expected);
    expect(transliterate(name.normalize('NFD'))).toBe(expected);
  });
});
