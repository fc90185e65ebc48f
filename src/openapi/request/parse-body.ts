import { SparringError, type Violation } from '../../errors.ts';
import type { MediaType } from '../document/document.ts';
import { findMediaType, type ParsedMediaType, parseMediaType } from '../document/media-type.ts';
import { withFilesAsText } from '../schema/form-file.ts';
import { noViolations } from '../schema/validators.ts';
import { type BodyPlan, formatOf, type PlannedBody } from './body-plan.ts';
import { decodeText } from './decode-text.ts';
import { type ParsedForm, parseMultipart, parseUrlencoded } from './parse-form.ts';
import { parseJson, withoutProto } from './parse-json.ts';

/** A body as a value. */
export interface ParsedBody {
  /** Undefined when none was sent. Files of a form are `FormFile`s, bodies of unknown kinds bytes. */
  readonly body: unknown;
  /** The declared media type it was read as. */
  readonly mediaType: MediaType | undefined;
  /** What was sent as text, where it is text. */
  readonly text?: string | undefined;
  readonly violations: readonly Violation[];
}

const absent: ParsedBody = { body: undefined, mediaType: undefined, violations: noViolations };
const missing: ParsedBody = {
  body: undefined,
  mediaType: undefined,
  violations: [{ location: 'body', code: 'required', message: 'is required' }],
};

/**
 * Reads and validates a request's body by the media type the document declares for it. JSON is validated as it stands; the
 * texts of forms are coerced first.
 *
 * Without a Content-Type, the body is taken for the only declared media type, or for JSON if that is declared and it
 * parses as such: RFC 9110 (section 8.3) lets the recipient look at the data.
 *
 * @param sent the bytes, or the value that somebody upstream has already parsed
 * @returns a promise for multipart forms only
 * @throws SparringError `unsupported-media-type` for a media type the document does not declare, `malformed-body` for a
 *   body that is not what its media type says
 */
export function parseBody(
  plan: BodyPlan,
  contentType: string | undefined,
  sent: unknown,
): ParsedBody | Promise<ParsedBody> {
  if (sent === undefined || (isBytes(sent) && sent.length === 0)) return plan.required ? missing : absent;
  const { mediaType, type } = choose(plan, contentType, sent);
  const planned = plan.planOf(mediaType);
  if (!isBytes(sent) && typeof sent !== 'string') return fromParsed(planned, type, sent);
  const format = formatOf(type.essence);
  if (format === 'multipart') return fromMultipart(planned, bytesOf(sent), contentType ?? '');
  if (format === 'bytes') return { body: sent, mediaType, violations: noViolations };
  const text = isBytes(sent) ? decodeText(sent, type.parameters.charset) : sent;
  if (format === 'json') return validated(planned, parseJson(text), text);
  if (format === 'xml') return fromXml(planned, text);
  if (format === 'sequence') return fromSequence(planned, text);
  if (format === 'urlencoded') return fromForm(planned, parseUrlencoded(text, planned), text);
  return validated(planned, planned.coerce ? planned.coerce(text) : text, text);
}

interface Choice {
  readonly mediaType: MediaType;
  /** What the body is read as: what was sent, or the declared one in its place. */
  readonly type: ParsedMediaType;
}

function choose({ mediaTypes }: BodyPlan, contentType: string | undefined, sent: unknown): Choice {
  if (contentType === undefined) return guess(mediaTypes, sent);
  const mediaType = findMediaType(mediaTypes, contentType);
  const type = parseMediaType(contentType);
  if (mediaType && type) return { mediaType, type };
  throw unsupported(
    `"${contentType.slice(0, 100)}" is not a media type this operation declares.`,
    mediaTypes,
  );
}

function guess(mediaTypes: readonly MediaType[], sent: unknown): Choice {
  const [only] = mediaTypes;
  const chosen = mediaTypes.length === 1 && only ? only : findMediaType(mediaTypes, 'application/json');
  const type = chosen && parseMediaType(chosen.name);
  if (chosen && type && (mediaTypes.length === 1 || !isBytes(sent) || isJson(sent)))
    return { mediaType: chosen, type };
  throw unsupported('The body has no Content-Type.', mediaTypes);
}

function isJson(bytes: Uint8Array): boolean {
  try {
    parseJson(decodeText(bytes, undefined));
    return true;
  } catch {
    return false;
  }
}

function unsupported(message: string, mediaTypes: readonly MediaType[]): SparringError {
  const names = mediaTypes.map(({ name }) => name).join(', ');
  return new SparringError('unsupported-media-type', message, {
    next: `Send ${names || 'no body'}.`,
    headers: { accept: names },
  });
}

/** A user's own parser leaves text in forms, and JSON as it was. */
function fromParsed(planned: PlannedBody, type: ParsedMediaType, value: unknown): ParsedBody {
  const safe = withoutProto(value);
  return formatOf(type.essence) === 'json' || !planned.coerce
    ? validated(planned, safe)
    : validated(planned, planned.coerce(safe));
}

async function fromMultipart(
  planned: PlannedBody,
  bytes: Uint8Array,
  contentType: string,
): Promise<ParsedBody> {
  return fromForm(planned, await parseMultipart(bytes, contentType, planned));
}

function fromForm(planned: PlannedBody, { value, violations }: ParsedForm, text?: string): ParsedBody {
  const { mediaType } = planned;
  const body = planned.coerce ? planned.coerce(value) : value;
  if (violations.length > 0) return { body, mediaType, text, violations };
  const found = planned.validate?.(withFilesAsText(body), 'body') ?? noViolations;
  return { body, mediaType, text, violations: found };
}

function fromXml(planned: PlannedBody, text: string): ParsedBody {
  if (!planned.readXml) return validated(planned, text, text);
  const { expectedRoot, root, value } = planned.readXml(text);
  const body = planned.coerce ? planned.coerce(value) : value;
  if (expectedRoot === undefined || expectedRoot.slice(expectedRoot.indexOf(':') + 1) === root)
    return validated(planned, body, text);
  const message = `must have the root element ${expectedRoot}, and has ${root.slice(0, 100)}`;
  return {
    body,
    mediaType: planned.mediaType,
    text,
    violations: [{ location: 'body', code: 'root', message }],
  };
}

/** Values that follow each other, each on a line (or, in a JSON sequence, after a record separator). */
function fromSequence(planned: PlannedBody, text: string): ParsedBody {
  const lines = text.split(text.includes('\u001e') ? '\u001e' : '\n').filter((line) => line.trim() !== '');
  const body = lines.map((line, index) => {
    try {
      return parseJson(line);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : '';
      throw new SparringError('malformed-body', `In value ${index + 1}: ${why}`, { cause });
    }
  });
  const { mediaType, validateItem } = planned;
  // The schema of the whole is that of a list, or for some documents that of one value.
  if (!validateItem) return validated(planned, isListOf(planned, body) ? body : body[0], text);
  const violations = body.flatMap((item, index) => validateItem(item, `body/${index}`));
  return { body, mediaType, text, violations: violations.length === 0 ? noViolations : violations };
}

function isListOf({ validate }: PlannedBody, body: readonly unknown[]): boolean {
  return body.length !== 1 || !validate || validate(body, 'body').length === 0;
}

function validated({ mediaType, validate }: PlannedBody, body: unknown, text?: string): ParsedBody {
  return { body, mediaType, text, violations: validate ? validate(body, 'body') : noViolations };
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function bytesOf(sent: Uint8Array | string): Uint8Array {
  return typeof sent === 'string' ? Buffer.from(sent) : sent;
}
