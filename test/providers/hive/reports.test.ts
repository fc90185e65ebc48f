import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mrzCheckDigit as checkDigit } from '../../../src/providers/hive/mrz.ts';
import { type HiveClient, startHive } from '../../server/hive-client.ts';
import { completedCheck } from './verification.ts';

describe('reports', () => {
  let hive: HiveClient;
  beforeAll(async () => {
    hive = await startHive({ seed: 11 });
  });
  afterAll(() => hive.mock.close());

  const create = async (fields: object) =>
    (
      await hive
        .call('post', '/customers')
        .send({ email: 'a@example.com', ...fields })
        .expect(201)
    ).body;

  it('speak of their customer', async () => {
    const customer = await create({
      first_name: 'Łucja',
      last_name: 'Björk-Öz',
      gender: 'female',
      dob: '1984-02-29',
    });
    const { report } = await completedCheck(hive, customer.id);
    const { properties } = report.document_report;
    expect(properties.date_of_birth).toBe('29.02.1984');
    expect(properties.gender).toBe('F');
    expect(properties.surname).toMatch(/^[A-Z -]+$/);
    expect(properties.given_names).toMatch(/^LUCJA/);
    expect(properties.surname_and_given_names).toBe(`${properties.surname} ${properties.given_names}`);
    expect(report.facial_report.properties.gender).toBe('Female');
    expect(Number(properties.age)).toBe(41);
  });

  it.each([
    ['no name at all', {}],
    ['a name in another script', { first_name: 'Ελένη', last_name: 'Παπαδοπούλου' }],
    ['a name in signs', { first_name: '太郎', last_name: '山田' }],
    ['a very long name', { first_name: 'A'.repeat(300), last_name: 'B'.repeat(300) }],
    ['a name of marks alone', { first_name: '--', last_name: "''" }],
  ])('are whole for a customer with %s', async (_, fields) => {
    const { report } = await completedCheck(hive, (await create(fields)).id);
    const lines = report.document_report.properties.mrz_strings.split('^');
    // Cards have three lines of 30 characters (TD1), passports two of 44 (TD3).
    const length = lines.length === 3 ? 30 : 44;
    expect([2, 3]).toContain(lines.length);
    for (const line of lines) expect(line).toMatch(new RegExp(`^[A-Z0-9<]{${length}}$`));
  });

  it('differ from customer to customer, in result and content, and keep to the document', async () => {
    const results = new Map<string, number>();
    const seen = new Set<string>();
    for (let index = 0; index < 60; index += 1) {
      const customer = await create({
        first_name: `Name${String.fromCharCode(65 + (index % 26))}`,
        last_name: 'Example',
      });
      // The engine checks each answer against the schema of a report, and would answer 500.
      const { report } = await completedCheck(hive, customer.id);
      results.set(report.result, (results.get(report.result) ?? 0) + 1);
      seen.add(report.document_report.properties.document_number);
    }
    expect([...results.keys()].sort()).toEqual(['caution', 'clear', 'consider']);
    expect(results.get('clear')).toBeGreaterThan(25);
    expect(seen.size).toBe(60);
  });

  it('have check digits by ICAO 9303, as its specimen has them', () => {
    expect(checkDigit('L898902C3')).toBe('6');
    expect(checkDigit('740812')).toBe('2');
    expect(checkDigit('120415')).toBe('9');
    expect(checkDigit('ZE184226B<<<<<')).toBe('1');
  });

  it('have a zone whose digits are right when the result is clear', async () => {
    const customer = await create({
      first_name: 'Ann',
      last_name: 'Lee',
      dob: '1990-05-04',
      metadata: { sparring_result: 'clear' },
    });
    const { report } = await completedCheck(hive, customer.id);
    const lines: string[] = report.document_report.properties.mrz_strings.split('^');
    const second = lines[1] ?? '';
    // Where date of birth and expiry stand in the second line: from 1 and 9 on cards, from 14 and 22 in passports.
    const [birth, expiry] = lines.length === 3 ? [0, 8] : [13, 21];
    expect(second.slice(birth, birth + 6)).toBe('900504');
    for (const start of [birth, expiry])
      expect(second[start + 6]).toBe(checkDigit(second.slice(start, start + 6)));
    const composite =
      lines.length === 3
        ? (lines[0] ?? '').slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)
        : second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43);
    expect(second.at(-1)).toBe(checkDigit(composite));
  });
});
