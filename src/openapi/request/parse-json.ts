import { SparringError } from '../../errors.ts';
import { parseExactJson } from '../../json/exact-number.ts';
import { findJsonProblem } from '../../json/json-problem.ts';

/** Deeper nesting than this is refused: what handles values after this may recurse. */
const deepest = 500;

/**
 * Parses a JSON body (RFC 8259); numbers that a double would change keep their digits. `__proto__` keys are left out, at any depth: as own properties they would become prototypes
 * wherever the value is copied key by key.
 *
 * @throws SparringError `malformed-body` with line and column, or for text that is nested too deeply
 */
export function parseJson(text: string): unknown {
  // So many levels take at least as many characters twice.
  if (text.length > 2 * deepest && isDeep(text)) {
    throw new SparringError('malformed-body', `The body is nested more than ${deepest} levels deep.`);
  }
  try {
    const value = parseExactJson(text);
    return /__proto__|\\u/.test(text) ? withoutProto(value) : value;
  } catch (cause) {
    const { column, expected, line } = findJsonProblem(text);
    const message = `The body is not valid JSON: line ${line}, column ${column}: expected ${expected}.`;
    throw new SparringError('malformed-body', message, { cause });
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/** Index of the quotation mark that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Deletes `__proto__` keys from a value that was just parsed. */
export function withoutProto(value: unknown): unknown {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Object.hasOwn(node, '__proto__')) Reflect.deleteProperty(node, '__proto__');
    for (const part of Object.values(node)) waiting.push(part);
  }
  return value;
}
