import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Why header fields cannot be sent, which is no fault of the server; undefined where they can. */
export function unsendableHeader(headers: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
    } catch {
      return `the document asks for a header ${JSON.stringify(name)}, whose name is no token`;
    }
    try {
      validateHeaderValue(name, value);
    } catch {
      return `the header ${name} would hold characters that no header field may have`;
    }
  }
  return undefined;
}
