import type { SparringError, Violation } from '../errors.ts';

const longestHeader = 2048;

/** Lists of violations as the header has them, by their JSON text: the same mistakes are made again and again. */
const encoded = new Map<string, string>();
const mostEncoded = 500;

/** `sparring-violations`: percent-encoded JSON of at most 2 KiB with the exchange's id in the journal; as many violations as fit. */
export function violationHeader(error: SparringError, exchange: string | undefined): string {
  let shown: readonly Violation[] = error.violations.length > 0 ? error.violations : [asViolation(error)];
  let longest = 512;
  for (;;) {
    const text = encode(shown, exchange);
    if (text.length <= longestHeader) return text;
    if (shown.length > 1) shown = shown.slice(0, Math.floor(shown.length / 2));
    else {
      longest = Math.floor(longest / 2);
      shown = shown.map((violation) => shorten(violation, longest));
    }
  }
}

/** `{"exchange":"7","violations":[…]}`, percent-encoded. */
function encode(violations: readonly Violation[], exchange: string | undefined): string {
  const json = JSON.stringify(violations);
  let list = encoded.get(json);
  if (list === undefined) {
    list = encodeURIComponent(json);
    if (encoded.size >= mostEncoded) encoded.clear();
    if (list.length <= longestHeader) encoded.set(json, list);
  }
  const id = exchange === undefined ? '' : `%22exchange%22%3A%22${exchange}%22%2C`;
  return `%7B${id}%22violations%22%3A${list}%7D`;
}

function asViolation(error: SparringError): Violation {
  return { location: 'request', code: error.code, message: error.message };
}

function shorten({ location, code, message }: Violation, length: number): Violation {
  return { location: location.slice(0, length), code, message: message.slice(0, length) };
}
