import { readFile } from 'node:fs/promises';

/**
 * The Swagger document that a program carries in itself as JSON text, as servers that go-swagger generates do. The first is the
 * one with its references; a second has them resolved.
 *
 * @param program path of the program
 * @throws when there is none in it
 */
export async function embeddedDocument(program: string): Promise<string> {
  const bytes = await readFile(program);
  const marker = bytes.indexOf('"swagger": "2.0"');
  const start = marker < 0 ? -1 : bytes.lastIndexOf('{\n  "', marker);
  if (start < 0) throw new Error(`${program} carries no Swagger document.`);
  // The first brace at the start of a line that makes the text whole is its end.
  for (let end = bytes.indexOf('\n}', start); end > 0; end = bytes.indexOf('\n}', end + 1)) {
    const text = bytes.toString('utf8', start, end + 2);
    if (isJson(text)) return text;
  }
  throw new Error(`The Swagger document in ${program} has no end.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
