import { isObject } from '../../json/is-object.ts';

const separators: Readonly<Record<string, { readonly before: string; readonly after: string }>> = {
  'application/jsonl': { before: '', after: '\n' },
  'application/x-jsonl': { before: '', after: '\n' },
  'application/jsonlines': { before: '', after: '\n' },
  'application/x-jsonlines': { before: '', after: '\n' },
  'application/ndjson': { before: '', after: '\n' },
  'application/x-ndjson': { before: '', after: '\n' },
  'application/stream+json': { before: '', after: '\n' },
  'application/x-json-stream': { before: '', after: '\n' },
  // RFC 7464, section 2.2.
  'application/json-seq': { before: '\u001e', after: '\n' },
};

/** Whether a media type holds one value after the other (OpenAPI 3.2, section 4.14.4). */
export function isSequenceType(essence: string): boolean {
  return (
    essence === 'text/event-stream' || Object.hasOwn(separators, essence) || essence.endsWith('+json-seq')
  );
}

/** The items of a sequence, each as it is written; a value that is no list is the only one. */
export function sequenceParts(essence: string, value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (essence === 'text/event-stream') return items.map(eventOf);
  const { after, before } = separators[essence] ?? { before: '\u001e', after: '\n' };
  return items.map((item) => `${before}${JSON.stringify(item)}${after}`);
}

export function writeSequence(essence: string, value: unknown): string {
  return sequenceParts(essence, value).join('');
}

const eventFields = ['event', 'id', 'retry'] as const;

/**
 * A server-sent event (WHATWG HTML, section 9.2.6). An object of nothing but the fields of an event is one (OpenAPI 3.2, section
 * 4.14.4.3); all else is its data.
 */
function eventOf(item: unknown): string {
  if (!isObject(item) || !isEvent(item))
    return `${dataLines(typeof item === 'string' ? item : JSON.stringify(item))}\n`;
  const fields = eventFields
    .filter((name) => item[name] !== undefined && item[name] !== null)
    .map((name) => `${name}: ${String(item[name]).replaceAll(/[\r\n]+/g, ' ')}\n`);
  const comment = typeof item.comment === 'string' ? `: ${item.comment.replaceAll(/[\r\n]+/g, ' ')}\n` : '';
  const { data } = item;
  const lines = data === undefined ? '' : dataLines(typeof data === 'string' ? data : JSON.stringify(data));
  return `${comment}${fields.join('')}${lines}\n`;
}

function isEvent(item: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(item);
  const known = names.every((name) => ['data', 'event', 'id', 'retry', 'comment'].includes(name));
  return known && (names.includes('data') || names.includes('event'));
}

function dataLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('');
}
