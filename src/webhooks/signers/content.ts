import { hash } from 'node:crypto';
import { SparringError } from '../../errors.ts';
import { bodyField, sortedForm } from './body-field.ts';
import { isHeaderName } from './options.ts';
import { parseTemplate } from './template.ts';

/** What a content template can speak of, on the sending and on the receiving side alike. */
export interface SignedParts {
  readonly body: Uint8Array;
  readonly url: string | undefined;
  readonly method: string;
  /** By lower-case name, a byte a character. */
  readonly headers: ReadonlyMap<string, string>;
  /** What the sender chose: id, timestamp, date, event, subscription-id. On the receiving side, as read from headers. */
  readonly stamps: ReadonlyMap<string, string>;
}

type Part = (parts: SignedParts) => string | Uint8Array;

function urlOf(parts: SignedParts): string {
  if (parts.url !== undefined) return parts.url;
  throw new SparringError('usage', 'This signature covers the URL, and no url was given.', {
    next: 'Pass the URL the webhook was registered with as url.',
  });
}

/** A receiver often knows only the request target, so a URL without an origin will do. */
function parsedUrl(parts: SignedParts): URL {
  const url = urlOf(parts);
  const parsed = URL.parse(url, 'http://localhost');
  if (parsed) return parsed;
  throw new SparringError('usage', `The URL ${JSON.stringify(url)} cannot be parsed.`, {
    next: 'Pass the URL the webhook was registered with as url.',
  });
}

function contentTypeOf({ headers }: SignedParts): string {
  return headers.get('content-type') ?? '';
}

function headerBytes(name: string, { headers }: SignedParts): Uint8Array {
  const value = headers.get(name.toLowerCase());
  if (value !== undefined) return Buffer.from(value, 'latin1');
  throw new SparringError(
    'usage',
    `This signature covers the header ${name}, which the delivery does not carry.`,
    {
      next: 'Add the header to "headers" of the delivery or of the signature.',
    },
  );
}

const computed: Readonly<Record<string, Part>> = {
  body: ({ body }) => body,
  url: urlOf,
  path: (parts) => parsedUrl(parts).pathname,
  'path-and-query': (parts) => parsedUrl(parts).pathname + parsedUrl(parts).search,
  method: ({ method }) => method,
  'content-type': contentTypeOf,
  'form-sorted': (parts) => sortedForm(parts.body, contentTypeOf(parts)),
  'body-md5-base64': ({ body }) => hash('md5', body, 'base64'),
  'body-md5-hex': ({ body }) => hash('md5', body, 'hex'),
  'body-sha256-base64': ({ body }) => hash('sha256', body, 'base64'),
  'body-sha256-hex': ({ body }) => hash('sha256', body, 'hex'),
};

/** What the sender chooses and a receiver reads back from a header. */
export const stampPlaceholders: readonly string[] = [
  'id',
  'timestamp',
  'timestamp-ms',
  'timestamp-rfc3339',
  'date',
  'event',
  'subscription-id',
];
/** What may stand in the content and in further headers. */
export const contentPlaceholders: readonly string[] = [...stampPlaceholders, ...Object.keys(computed)];

/** Whether a placeholder may stand in the content: a known one, a header's `{header:x-name}`, a field's `{body:/pointer}`. */
export function isContentPlaceholder(name: string): boolean {
  if (name.startsWith('header:')) return isHeaderName(name.slice(7));
  return name.startsWith('body:/') || contentPlaceholders.includes(name);
}

/** The bytes one placeholder stands for. */
export function partValue(name: string, parts: SignedParts): string | Uint8Array {
  if (name.startsWith('header:')) return headerBytes(name.slice(7), parts);
  if (name.startsWith('body:')) return bodyField(parts.body, contentTypeOf(parts), name.slice(5));
  return computed[name]?.(parts) ?? parts.stamps.get(name) ?? '';
}

/** The pieces of the signed content, in order; their bytes together are what is signed. */
export function contentPieces(template: string, parts: SignedParts): readonly (string | Uint8Array)[] {
  return parseTemplate(template).map((part) => ('text' in part ? part.text : partValue(part.name, parts)));
}
