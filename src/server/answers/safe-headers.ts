import { validateHeaderName, validateHeaderValue } from 'node:http';
import { framingFields } from '../../openapi/document/framing-fields.ts';
import { plainMediaType } from '../../openapi/document/plain-media-type.ts';

/** Header fields that can be written, and what had to be changed or left out for that, in words. */
export interface SafeHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
}

/**
 * Header fields as they may stand in an answer: one whose name is no token is left out, characters that no field may have are
 * percent-encoded as UTF-8, and a media type loses the parameters that hold such. By Node's own rules, so that nothing is
 * touched that can be written.
 */
export function safeHeaders(given: Readonly<Record<string, string>>): SafeHeaders {
  const headers: Record<string, string> = {};
  const changes: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (!isName(name)) {
      changes.push(`the header ${JSON.stringify(name)} is left out, since its name is no token`);
    } else if (isValue(name, value)) {
      headers[name] = value;
    } else {
      headers[name] = name === 'content-type' ? plainMediaType(value) : encodeRefused(value);
      changes.push(`the header ${name} is sent as ${JSON.stringify(headers[name])}`);
    }
  }
  return { headers, changes };
}

/** The same for fields that a document shows: without those that frame the message. */
export function safeDocumentHeaders(given: Readonly<Record<string, string>>): SafeHeaders {
  const framed = Object.keys(given).filter((name) => framingFields.has(name));
  if (framed.length === 0) return safeHeaders(given);
  const { changes, headers } = safeHeaders(
    Object.fromEntries(Object.entries(given).filter(([name]) => !framingFields.has(name))),
  );
  const left = framed.map(
    (name) => `the header ${name} is left out, since the server frames its answers itself`,
  );
  return { headers, changes: [...left, ...changes] };
}

function isName(name: string): boolean {
  try {
    validateHeaderName(name);
    return true;
  } catch {
    return false;
  }
}

function isValue(name: string, value: string): boolean {
  try {
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function encodeRefused(value: string): string {
  return value.toWellFormed().replaceAll(/[^\t\x20-\x7e\x80-\xff]/gu, encodeURIComponent);
}
