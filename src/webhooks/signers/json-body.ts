import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';

/** A number of a body, as it is written: 1.0 and integers beyond 2^53 stay what they are. */
class WrittenNumber {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }
}

/** The JSON of a body, its numbers as they are written; undefined for what is no JSON. */
export function parseJsonBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'), (_, value, context?: { source?: string }) =>
      typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}

/** As `parseJsonBody`, for a body that a signature of `scheme` is written into. Throws `usage` for what is no JSON object. */
export function parseJsonObject(body: Uint8Array, scheme: string): Readonly<Record<string, unknown>> {
  const value = parseJsonBody(body);
  if (isObject(value) && !(value instanceof WrittenNumber)) return value;
  throw new SparringError(
    'usage',
    `The scheme ${scheme} writes its signature into the body, which is not a JSON object.`,
    { next: 'Give the webhook a payload that is an object, or another signature scheme.' },
  );
}

/** A value of `parseJsonBody` as signed text: nothing for null and for an absent one, a list or an object as JSON. */
export function signedText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof WrittenNumber) return value.text;
  return typeof value === 'object' ? jsonOf(value) : String(value);
}

/** A value of `parseJsonBody` as the bytes of a body. */
export function serialiseJsonBody(value: unknown): Uint8Array {
  return Buffer.from(jsonOf(value), 'utf8');
}

function jsonOf(value: unknown): string {
  if (value instanceof WrittenNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, its]) => `${JSON.stringify(name)}:${jsonOf(its)}`);
  return `{${members.join(',')}}`;
}
