import { describe, expect, it } from 'vitest';
import { createValidators } from '../../../src/openapi/schema/validators.ts';
import { loadParts } from '../inline-document.ts';

type Schema = Readonly<Record<string, unknown>>;

const named = <T>(count: number, prefix: string, make: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, make(index)]));
const referTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** What a large schema and the same one beside a keyword that keeps it whole say of values. */
async function both(schemas: Readonly<Record<string, Schema>>) {
  const whole = {
    ...schemas,
    Whole: { allOf: [referTo('S0')], unevaluatedProperties: true },
  };
  const cut = createValidators(await loadParts({ components: { schemas } }));
  const uncut = createValidators(await loadParts({ components: { schemas: whole } }));
  return (value: unknown) => {
    const said = [
      cut.validate('#/components/schemas/S0', value, 'request', 'body'),
      uncut.validate('#/components/schemas/Whole', value, 'request', 'body'),
    ];
    return said.map((violations) => violations.map((one) => JSON.stringify(one)).sort());
  };
}

const network = named(60, 'S', (index) => ({
  type: 'object',
  required: ['p0'],
  additionalProperties: false,
  properties: {
    ...named(6, 'p', (at) => ({ type: at % 2 ? 'integer' : 'string', maxLength: 3 })),
    ...named(3, 'r', (at) => referTo(`S${(index * 7 + at * 13 + 1) % 60}`)),
    list: { type: 'array', maxItems: 2, items: referTo(`S${(index + 1) % 60}`) },
  },
}));

describe('a schema that is compiled in pieces says the same as one that is not', () => {
  it.each([
    { p0: 'a' },
    {},
    5,
    { p0: 'long text', p1: 'x', more: 1 },
    { p0: 'a', r0: { p0: 'a', r1: { p0: 1, r2: { list: [{ p0: 'a' }, {}] } } } },
    { p0: 'a', list: [{}, { p0: 'a' }, { p0: 'a', r0: 7 }] },
  ])('of schemas that refer to each other, of %j', async (value) => {
    const [one, other] = (await both(network))(value);
    expect(one).toEqual(other);
  });

  it.each([{ p1: 'a' }, { p1: 'a', p300: 5, p2: 'much too long' }, { p1: 'a', other: 1 }, { p0: 'a' }])(
    'of 350 properties, of %j',
    async (value) => {
      const properties = named(350, 'p', () => ({ type: 'string', maxLength: 5 }));
      const S0 = { type: 'object', required: ['p1'], additionalProperties: false, properties };
      const [one, other] = (await both({ S0 }))(value);
      expect(one).toEqual(other);
    },
  );

  it.each([{ k3: 3 }, { k399: 399 }])(
    'of 400 alternatives, of %j, which one of them allows',
    async (value) => {
      const anyOf = Array.from({ length: 400 }, (_, index) => ({
        type: 'object',
        required: [`k${index}`],
        properties: { [`k${index}`]: { const: index } },
      }));
      const [one, other] = (await both({ S0: { anyOf } }))(value);
      expect([one, other]).toEqual([[], []]);
    },
  );
});

it('lets other work go on while it is compiled', async () => {
  const validators = createValidators(await loadParts({ components: { schemas: network } }));
  let turns = 0;
  let isRunning = true;
  const count = () => {
    turns += 1;
    if (isRunning) setImmediate(count);
  };
  setImmediate(count);
  await validators.prepare('#/components/schemas/S0', 'request');
  isRunning = false;
  expect(turns).toBeGreaterThan(60);
});

it('names a part that cannot be compiled, when a value comes to it and when it is prepared', async () => {
  const schemas = { ...network, S1: { type: 'object', properties: { p0: { pattern: '(' } } } };
  const document = await loadParts({ components: { schemas } });
  const pointer = '#/components/schemas/S0';
  expect(() =>
    createValidators(document).validate(pointer, { p0: 'a', r0: { p0: 'a' } }, 'request', 'body'),
  ).toThrow(/cannot be compiled/);
  await expect(createValidators(document).prepare(pointer, 'request')).rejects.toThrow(/cannot be compiled/);
});
