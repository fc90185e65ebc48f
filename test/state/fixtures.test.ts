import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordValue } from '../../src/model/record.ts';
import { makeCollections } from '../../src/state/fixtures/make-collections.ts';
import { readRecipe } from '../../src/state/fixtures/read-recipe.ts';
import { start } from '../manual-time.ts';

const day = 86_400_000;
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparring-fixtures-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(text: string, ending = 'yaml'): Promise<string> {
  files += 1;
  const file = join(folder, `${files}.${ending}`);
  await writeFile(file, text);
  return file;
}

interface Options {
  readonly seed?: number;
  readonly check?: (collection: string, record: RecordValue) => string | undefined;
}

async function load(file: string, { seed = 1, check }: Options = {}): Promise<Record<string, RecordValue[]>> {
  const idField = (name: string) => (name === 'countries' ? 'code' : 'id');
  const collections = await makeCollections(await readRecipe(file), {
    api: 'shop',
    seed,
    now: start,
    idField,
    ...(check && { check }),
  });
  return Object.fromEntries(
    [...collections].map(([name, collection]) => [name, collection.list().map(({ value }) => value)]),
  );
}

/** One generated customer with the given field. */
function customer(field: string): string {
  return `collections:\n  customers:\n    generate:\n      count: 1\n      record:\n        id: { uuid: true }\n        first_name: Ann\n        field: ${field}\n`;
}

async function fieldOf(recipe: string): Promise<unknown> {
  return (await load(await write(customer(recipe)))).customers?.[0]?.field;
}

describe('a recipe', () => {
  it('gives fixed records as they are, and their ordinals in order', async () => {
    const file = await write(
      'collections:\n  countries:\n    records:\n      - { code: CH, name: null }\n      - { code: LI }\n',
    );
    const made = await makeCollections(await readRecipe(file), {
      api: 'shop',
      seed: 1,
      now: start,
      idField: () => 'code',
    });
    const countries = made.get('countries');
    expect(countries?.get('CH')?.value).toEqual({ code: 'CH', name: null });
    expect(countries?.list().map(({ id, ordinal }) => [id, ordinal])).toEqual([
      ['CH', 0],
      ['LI', 1],
    ]);
    expect(countries?.nextOrdinal).toBe(2);
  });

  it('gives the same bytes for the same seed and start, and others for another seed', async () => {
    const file = await write(`
collections:
  customers:
    records: [{ id: fixed, created_at: 1 }]
    generate:
      count: 20
      record:
        id: { uuid: true }
        first_name: { faker: person.firstName }
        email: { template: '{first_name}@example.com', lowercase: true }
        born: { faker: date.birthdate, args: [{ min: 18, max: 80, mode: age }], format: date }
        kind: { pick: [a, b, null] }
        number: { integer: [1, 100] }
        created_at: { ago: [1d, 90d], unit: seconds }
        updated_at: { same: created_at }
  orders:
    generate: { count: 5, record: { id: { uuid: true }, customer: { from: customers.id } } }
`);
    const one = JSON.stringify(await load(file));
    expect(JSON.stringify(await load(file))).toBe(one);
    expect(JSON.stringify(await load(file, { seed: 2 }))).not.toBe(one);
    const { customers = [], orders = [] } = await load(file);
    expect(customers).toHaveLength(21);
    const ids = new Set(customers.map(({ id }) => id));
    expect(ids.size).toBe(21);
    expect(orders.every((order) => ids.has(order.customer))).toBe(true);
    for (const made of customers.slice(1)) {
      expect(Object.keys(made)).toEqual([
        'id',
        'first_name',
        'email',
        'born',
        'kind',
        'number',
        'created_at',
        'updated_at',
      ]);
      expect(made.email).toMatch(/^[a-z0-9._+-]+@example\.com$/);
      expect(made.born).toMatch(/^(19|20)\d\d-\d\d-\d\d$/);
      expect(['a', 'b', null]).toContain(made.kind);
      expect(made.updated_at).toBe(made.created_at);
      expect(start / 1000 - Number(made.created_at)).toBeGreaterThanOrEqual(86_400);
      expect(start / 1000 - Number(made.created_at)).toBeLessThanOrEqual(90 * 86_400 + 1);
    }
    const times = customers.map(({ created_at: time }) => Number(time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('makes a field the same, whatever stands beside it', async () => {
    const recipe = (extra: string) =>
      `collections: { customers: { generate: { count: 3, record: { id: { uuid: true }, ${extra} name: { faker: person.firstName } } } } }`;
    const names = async (extra: string) =>
      (await load(await write(recipe(extra)))).customers?.map(({ id, name }) => [id, name]);
    expect(await names('age: { integer: [1, 9] }, word: { faker: lorem.word },')).toEqual(await names(''));
  });

  it('puts fixed records without a time before all others', async () => {
    const file = await write(
      'collections: { logs: { records: [{ id: a }], generate: { count: 2, record: { id: { uuid: true }, at: { ago: [1d, 2d] } } } } }',
    );
    const { logs = [] } = await load(file);
    expect(logs[0]).toEqual({ id: 'a' });
    expect(String(logs[1]?.at) < String(logs[2]?.at)).toBe(true);
  });

  it.for([
    ['plain', 'plain'],
    ['[1, { a: 2 }]', [1, { a: 2 }]],
    ['{ value: { faker: person.firstName } }', { faker: 'person.firstName' }],
    ['{ same: first_name }', 'Ann'],
    ["{ template: 'x {first_name} y' }", 'x Ann y'],
    ['{ pick: [null] }', null],
    ['{ integer: [5, 5] }', 5],
    ['{ ago: 1d, unit: milliseconds }', start - day],
    ['{ ago: [2d, 2d], unit: seconds }', (start - 2 * day) / 1000],
    ['{ ago: 1d }', new Date(start - day).toISOString()],
    ['{ faker: string.alpha, args: [{ length: 1, casing: upper }] }', expect.stringMatching(/^[A-Z]$/)],
    ['{ faker: date.past, format: milliseconds }', expect.any(Number)],
    ['{ faker: date.past }', expect.stringMatching(/Z$/)],
  ] as const)('takes %s', async ([recipe, expected]) => {
    expect(await fieldOf(recipe)).toEqual(expected);
  });
});

it('makes fields of later ones, and keeps the order they are declared in', async () => {
  const file = await write(`
customers:
  generate:
    count: 30
    record:
      id: { same: email }
      email: { template: '{first_name}.{number}@example.com', lowercase: true }
      first_name: { faker: helpers.arrayElement, args: [['Ann']] }
      nothing: null
      number: { integer: [1, 1000000] }
`);
  const { customers = [] } = await load(file);
  expect(customers).toHaveLength(30);
  for (const { email, first_name: name, id, nothing, number, ...rest } of customers) {
    expect([id, email, name, nothing, rest]).toEqual([email, `ann.${number}@example.com`, 'Ann', null, {}]);
  }
  expect(Object.keys(customers[0] ?? {})).toEqual(['id', 'email', 'first_name', 'nothing', 'number']);
});

it('refuses fields that are made of themselves', async () => {
  const file = await write(
    'customers:\n  generate:\n    count: 1\n    record:\n      id: { same: name }\n      name: { template: "{id}" }\n',
  );
  await expect(load(file)).rejects.toMatchObject({
    code: 'fixtures-invalid',
    message: expect.stringMatching(/:5: .*id -> name -> id/),
  });
});

describe('a plain file', () => {
  it('holds records by collection', async () => {
    const file = await write('{ "customers": [{ "id": 7, "name": "Ann" }], "orders": [] }', 'json');
    expect(await load(file)).toEqual({ customers: [{ id: 7, name: 'Ann' }], orders: [] });
  });
});

describe('fixtures that are wrong are refused with the line and the nearest right name:', () => {
  it.for([
    ['an unknown instruction', '{ fakr: person.firstName }', /unknown instruction "fakr"/, /faker/],
    ['an unknown option', '{ faker: person.firstName, arg: [] }', /"arg"/, /args/],
    ['an unknown faker module', '{ faker: persn.firstName }', /persn\.firstName/, /person\.firstName/],
    ['an unknown faker method', '{ faker: person.fristName }', /person\.fristName/, /person\.firstName/],
    ['what is no method', '{ faker: person }', /person/, undefined],
    ['what must not be called', '{ faker: person.constructor }', /person\.constructor/, undefined],
    ['what faker refuses', '{ faker: number.int, args: [{ min: 5, max: 1 }] }', /number\.int/, undefined],
    ['args that are no list', '{ faker: number.int, args: 5 }', /args/, undefined],
    ['a field that comes later or never', '{ same: frist_name }', /frist_name/, /first_name/],
    ['a template of an unknown field', "{ template: 'x {firstname}' }", /firstname/, /first_name/],
    ['a pick from nothing', '{ pick: [] }', /pick/, undefined],
    ['an integer without ends', '{ integer: 5 }', /integer/, undefined],
    ['a range the wrong way round', '{ integer: [9, 1] }', /integer/, undefined],
    ['what is no duration', '{ ago: [1d, 5 weeks] }', /5 weeks/, undefined],
    ['an unknown unit', '{ ago: 1d, unit: second }', /"second"/, /seconds/],
    ['an unknown format', '{ faker: date.past, format: datetime }', /"datetime"/, /date-time/],
    ['a collection that comes later or never', '{ from: custmers.id }', /custmers/, undefined],
  ] as const)('%s', async ([, recipe, message, next]) => {
    const file = await write(customer(recipe));
    const error: unknown = await load(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'fixtures-invalid', message: expect.stringMatching(message) });
    expect(error).toMatchObject({
      message: expect.stringContaining(`${file}:8: customers.generate.record.field`),
    });
    if (next) expect(error).toMatchObject({ next: expect.stringMatching(next) });
  });

  it.for([
    [
      'a record without its id',
      'collections:\n  customers:\n    records:\n      - { id: a }\n      - { name: b }\n',
      ':5:',
      /"id"/,
    ],
    [
      'two records of one id',
      'collections:\n  customers:\n    records:\n      - { id: a }\n      - { id: a }\n',
      ':5:',
      /"a"/,
    ],
    ['an unknown part', 'collections:\n  customers:\n    record: []\n', ':3:', /record/],
    ['records that are no list', 'customers:\n  records: 5\n', ':2:', /list/],
    ['a record that is no object', 'customers:\n  - { id: a }\n  - b\n', ':3:', /object/],
    ['a collection that is nothing', 'customers: 5\n', ':1:', /customers/],
    ['a negative count', 'customers:\n  generate:\n    count: -1\n    record: {}\n', ':3:', /count/],
    ['a generator without a record', 'customers:\n  generate:\n    count: 1\n', ':2:', /record/],
    [
      'a field of another collection that is not there',
      'a:\n  records: [{ id: 1 }]\nb:\n  generate:\n    count: 1\n    record:\n      id: { from: a.ix }\n',
      ':7:',
      /a\.ix/,
    ],
    ['what is no YAML', 'customers: [\n', ':', /YAML/],
    ['a list', '- 1\n', ':1:', /object/],
  ] as const)('%s', async ([, text, line, message]) => {
    const file = await write(text);
    const error: unknown = await load(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'fixtures-invalid', message: expect.stringMatching(message) });
    expect(error).toMatchObject({ message: expect.stringContaining(`${file}${line}`) });
  });

  it('a file that is not there', async () => {
    const error: unknown = await load(join(folder, 'none.yaml')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'fixtures-invalid', message: expect.stringContaining('none.yaml') });
  });

  it('a record that whoever serves it objects to', async () => {
    const file = await write('customers:\n  records:\n    - { id: a }\n    - { id: b }\n');
    const check = (_: string, { id }: RecordValue) => (id === 'b' ? 'it has no name' : undefined);
    const error: unknown = await load(file, { check }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'fixtures-invalid',
      message: expect.stringMatching(/:4: customers: .*it has no name/),
    });
  });
});
