import { documentOf } from './hostile-documents.ts';

type Random = (below: number) => number;
type Schema = Readonly<Record<string, unknown>>;

/** Numbers from a seed (mulberry32), each below a bound. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const texts = [
  'Žofie',
  'a\r\nX-Planted: 1',
  '\u001b[2J',
  '../../x',
  '__proto__',
  '',
  'a'.repeat(5000),
  '\u0000',
  '{{id}}',
];
const atoms = ['a', '\\w', '[a-z]', '.', '(a|a)', '\\s', '\\d', '[^b]'];
const counts = ['', '+', '*', '?', '{1,30}', '{0,1000}'];
const schemaCounts = [1, 5, 40, 200];

/** A document that asks for too much in ways that a seed chooses, of at most so many schemas. */
export function randomDocument(seed: number, most = 200): unknown {
  const random = randomFrom(seed);
  const of = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[random(list.length)] ?? (list[0] as T);
  const count = Math.min(of(schemaCounts), most);
  const pattern = (): string => {
    const part = `${of(atoms)}${of(counts)}`;
    return random(3) === 0 ? `^(${part}${of(atoms)}?)${of(counts)}$` : `(${part})${of(counts)}${of(atoms)}`;
  };
  const schema = (depth: number): Schema => {
    const kind = random(depth > 3 ? 4 : 9);
    if (kind === 0) return { type: 'string', pattern: pattern() };
    if (kind === 1)
      return { type: 'string', enum: Array.from({ length: 1 + random(500) }, (_, at) => `v${at}`) };
    if (kind === 2) return { type: 'integer', minimum: random(100) - 50, example: of(texts) };
    if (kind === 3) return { $ref: `#/components/schemas/S${random(count)}` };
    if (kind === 4) return { type: 'array', minItems: of([0, 3, 100_000]), items: schema(depth + 1) };
    if (kind === 5) return { oneOf: Array.from({ length: 2 + random(4) }, () => schema(depth + 1)) };
    if (kind === 6)
      return { allOf: [schema(depth + 1), { type: 'object', minProperties: of([0, 2, 100_000]) }] };
    const names = Array.from({ length: 1 + random(8) }, (_, at) => (random(9) === 0 ? of(texts) : `p${at}`));
    return {
      type: 'object',
      required: names.slice(0, 1),
      properties: Object.fromEntries(names.map((name) => [name, schema(depth + 1)])),
    };
  };
  const thing = (): Schema => ({ type: 'object', properties: { p0: schema(1), p1: schema(1) } });
  return documentOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`S${at}`, thing()])));
}

/** Bodies of about a size in bytes that a seed chooses; some of them are no JSON. */
export function randomBodies(seed: number, size: number): readonly string[] {
  const random = randomFrom(seed);
  const value = (left: number): unknown => {
    const kind = random(left < 100 ? 3 : 6);
    if (kind === 0) return 'a'.repeat(random(Math.max(1, left)));
    if (kind === 1) return random(1000) - 500;
    if (kind === 2) return texts[random(texts.length)];
    const parts = 1 + random(6);
    if (kind === 3) return Array.from({ length: parts }, () => value(Math.floor(left / parts)));
    return Object.fromEntries(
      Array.from({ length: parts }, (_, at) => [`p${at}`, value(Math.floor(left / parts))]),
    );
  };
  return Array.from({ length: 12 }, () => {
    const text = JSON.stringify(value(size)) ?? '';
    return random(6) === 0 ? text.slice(0, random(text.length + 1)) : text;
  });
}
