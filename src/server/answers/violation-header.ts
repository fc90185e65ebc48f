import type { Problem, Violation } from '../../errors.ts';

const longestHeader = 2048;
/** Room for the frame around the violations, the exchange's id of up to 20 digits included. */
const longestList = longestHeader - 80;

/** Lists of violations as the header has them; validators give the same list for the same mistakes. */
const encoded = new WeakMap<readonly Violation[], string>();

/** `sparring-violations`: percent-encoded JSON of at most 2 KiB with the exchange's id in the journal; as many violations as fit. */
export function violationHeader(problem: Problem, exchange: string | undefined): string {
  const id = exchange === undefined ? '' : `%22exchange%22%3A%22${exchange}%22%2C`;
  return `%7B${id}%22violations%22%3A${listOf(problem)}%7D`;
}

function listOf({ code, message, violations }: Problem): string {
  if (violations.length === 0) return encode([{ location: 'request', code, message }]);
  let list = encoded.get(violations);
  if (list === undefined) {
    list = encode(violations);
    encoded.set(violations, list);
  }
  return list;
}

function encode(violations: readonly Violation[]): string {
  let shown = violations;
  let longest = 512;
  for (;;) {
    const list = encodeURIComponent(JSON.stringify(shown));
    if (list.length <= longestList) return list;
    if (shown.length > 1) shown = shown.slice(0, Math.floor(shown.length / 2));
    else {
      longest = Math.floor(longest / 2);
      shown = shown.map((violation) => shorten(violation, longest));
    }
  }
}

function shorten({ location, code, message }: Violation, length: number): Violation {
  return { location: location.slice(0, length), code, message: message.slice(0, length) };
}
