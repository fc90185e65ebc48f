import { SparringError, type Violation } from '../../errors.ts';
import { parseExactJson } from '../../json/exact-number.ts';
import { isJsonType } from '../document/media-type.ts';
import { type FormFile, isFormFile } from '../schema/form-file.ts';
import type { PlannedBody } from './body-plan.ts';
import { fieldPath, insertField } from './field-path.ts';
import { withoutProto } from './parse-json.ts';
import { decodeField, splitQueryText } from './query-text.ts';

export interface ParsedForm {
  /** Text, lists and objects of text, and files, by name; not yet coerced. */
  readonly value: Record<string, unknown>;
  readonly violations: readonly Violation[];
}

/** Fields beyond these are an attack rather than a form. */
const mostFields = 10_000;

/** Reads `application/x-www-form-urlencoded` text, with brackets in names as in `metadata[key]=value`. */
export function parseUrlencoded(text: string, plan: PlannedBody): ParsedForm {
  const fields = splitQueryText(text, 'form');
  return collect(
    fields.map(({ name, raw }) => [name, decodeField(raw, 'form')]),
    plan,
  );
}

/**
 * Reads `multipart/form-data` with Node's own parser.
 *
 * @throws SparringError `malformed-body` when the bytes are none
 */
export async function parseMultipart(
  bytes: Uint8Array,
  contentType: string,
  plan: PlannedBody,
): Promise<ParsedForm> {
  const entries: [string, string | FormFile][] = [];
  try {
    const response = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } });
    for (const [name, value] of await response.formData()) {
      entries.push([name, typeof value === 'string' ? value : await fileOf(value)]);
    }
  } catch (cause) {
    throw new SparringError(
      'malformed-body',
      'The body is not multipart/form-data with the boundary its Content-Type names.',
      { cause },
    );
  }
  return collect(entries, plan);
}

async function fileOf(file: File): Promise<FormFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { filename: file.name, mediaType: file.type === '' ? 'application/octet-stream' : file.type, bytes };
}

function collect(entries: readonly (readonly [string, string | FormFile])[], plan: PlannedBody): ParsedForm {
  if (entries.length > mostFields) {
    throw new SparringError('malformed-body', `The form has more than ${mostFields} fields.`);
  }
  const value: Record<string, unknown> = {};
  const violations: Violation[] = [];
  for (const [name, entry] of entries) {
    const path = plan.names.has(name) ? [name] : fieldPath(name);
    insertField(value, path, readField(name, entry, plan, violations));
  }
  return { value, violations };
}

/** The value of one field as its `encoding` says: JSON, a delimited list, or as it stands. */
function readField(
  name: string,
  entry: string | FormFile,
  plan: PlannedBody,
  violations: Violation[],
): unknown {
  const field = plan.fields.get(name);
  const location = `body/${name}`;
  if (isFormFile(entry)) {
    if (
      field &&
      field.contentTypes.length > 0 &&
      !field.contentTypes.some((type) => matches(type, entry.mediaType))
    ) {
      violations.push({
        location,
        code: 'media-type',
        message: `must be ${field.contentTypes.join(' or ')}`,
      });
    }
    return isJsonType(entry.mediaType)
      ? readJson(Buffer.from(entry.bytes).toString('utf8'), location, violations)
      : entry;
  }
  if (field?.json) return readJson(entry, location, violations);
  return field?.delimiter === undefined ? entry : entry.split(field.delimiter);
}

function readJson(text: string, location: string, violations: Violation[]): unknown {
  try {
    return withoutProto(parseExactJson(text));
  } catch {
    violations.push({ location, code: 'json', message: 'must be JSON' });
    return text;
  }
}

/** Whether a media type falls under a declared one, which may be a range such as `image/*`. */
function matches(declared: string, sent: string): boolean {
  const [essence = ''] = sent.split(';', 1);
  if (declared === '*/*' || declared === essence) return true;
  return declared.endsWith('/*') && essence.startsWith(declared.slice(0, -1));
}
