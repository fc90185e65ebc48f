/**
 * A number of which the digits matter more than a double can hold, such as an id beyond 2^53. It is written to JSON digit by
 * digit; as text it is its digits, and in comparisons the nearest double.
 */
export class ExactNumber {
  readonly #digits: string;

  /** @param digits a number as JSON spells it */
  constructor(digits: string) {
    this.#digits = digits;
  }

  toString(): string {
    return this.#digits;
  }

  valueOf(): number {
    return Number(this.#digits);
  }

  /** JSON.stringify writes it as it stands. */
  toJSON(): unknown {
    return rawJson(this.#digits);
  }
}

/** `JSON.rawJSON`, which the library's types do not know yet. */
const rawJson: (text: string) => unknown = Reflect.get(JSON, 'rawJSON');

/** So many digits, or an exponent, can make a number that a double does not hold. */
const suspicious = /\d[\d.]{15}|\d[eE][-+]?\d{2}/;

/** `JSON.parse` with an ExactNumber for each number that a double would change. */
export function parseExactJson(text: string): unknown {
  return suspicious.test(text) ? JSON.parse(text, exactReviver) : JSON.parse(text);
}

function exactReviver(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined
    ? exactNumberOf(context.source, value)
    : value;
}

/** A number spelled as JSON spells it: a double where that is the same number, else an ExactNumber. */
export function exactNumberOf(digits: string, double = Number(digits)): number | ExactNumber {
  return normalised(digits) === normalised(String(double)) ? double : new ExactNumber(digits);
}

/** Digits without the zeros that change nothing, and the power of ten that they are multiplied by. */
function normalised(digits: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(digits) ?? [];
  if (whole === '') return digits;
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + all.length - significant.length}`;
}

/** The largest double below 2^63, which stands for all 64-bit integers that are nearer to 2^63. */
const nearly64 = 2 ** 63 - 1024;

/** A value with doubles in place of exact numbers, for what compares them with bounds; the value itself where it has none. */
export function withPlainNumbers(value: unknown): unknown {
  return hasExactNumber(value) ? plain(value) : value;
}

function hasExactNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  if (value instanceof ExactNumber) return true;
  for (const key in value) if (hasExactNumber(Reflect.get(value, key))) return true;
  return false;
}

function plain(value: unknown): unknown {
  if (value instanceof ExactNumber) return plainNumber(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function plainNumber(exact: ExactNumber): number {
  const double = exact.valueOf();
  if (Math.abs(double) !== 2 ** 63 || !/^-?\d+$/.test(String(exact))) return double;
  const integer = BigInt(String(exact));
  if (integer === BigInt.asIntN(64, integer)) return Math.sign(double) * nearly64;
  return Math.sign(double) * 2 ** 64;
}
