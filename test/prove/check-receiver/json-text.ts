export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a body if it can stand inside other JSON as it is. */
export function bodyText(body: Buffer): string {
  return body.toString('utf8').trim();
}
