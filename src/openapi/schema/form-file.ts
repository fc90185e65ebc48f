import { isObject } from '../../json/is-object.ts';

/** A file of a multipart form. */
export interface FormFile {
  readonly filename: string;
  /** As its part says, lower-case; `application/octet-stream` where it says nothing. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export function isFormFile(value: unknown): value is FormFile {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
}

/** The value with each file as a string of its bytes, which is what `type: string, format: binary` describes. */
export function withFilesAsText(value: unknown): unknown {
  if (isFormFile(value)) return Buffer.from(value.bytes).toString('latin1');
  if (Array.isArray(value)) return value.map(withFilesAsText);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withFilesAsText(part)]));
}
