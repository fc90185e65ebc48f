import { readDuration } from '../../duration.ts';
import { isObject } from '../../json/is-object.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { StreamExtension } from '../../openapi/document/extension.ts';
import type { RequestHeaders } from '../message/api-message.ts';

/** How the items of a stream are sent. */
export interface StreamWishes {
  /** Items that are made where the document shows none. */
  readonly count: number;
  /** Milliseconds from one item to the next; 0 for all at once. */
  readonly interval: number;
  /** Whether the connection stays open after the last item. */
  readonly open: boolean;
}

/** Items that a caller may ask for, and milliseconds between them. */
const mostItems = 1000;
const longestInterval = 3_600_000;

/**
 * How a stream is sent: as the caller prefers (`Prefer: count=5, interval=200ms, open`), else as the document says
 * (`x-sparring: { stream: { count, interval, open } }`), else three items at once. What cannot be read is passed over.
 */
export function streamWishes(operation: Operation, headers: RequestHeaders): StreamWishes {
  const told: StreamExtension = operation.extension.stream ?? {};
  const preferred = preferences(headers);
  const count = wholeNumber(preferred.get('count')) ?? told.count ?? 3;
  const interval = readDuration(preferred.get('interval')) ?? readDuration(told.interval) ?? 0;
  const open = preferred.has('open') ? preferred.get('open') !== 'false' : (told.open ?? false);
  return { count: Math.min(count, mostItems), interval: Math.min(interval, longestInterval), open };
}

/** Whether the body of a request asks for a stream, as several providers have it: `"stream": true`. */
export function asksForStream(body: unknown): boolean {
  return isObject(body) && body.stream === true;
}

function preferences({ prefer }: RequestHeaders): ReadonlyMap<string, string> {
  const text = Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '');
  return new Map(
    text.split(/[,;]/).map((part) => {
      const [name = '', value = ''] = part.split('=', 2).map((each) => each.trim().replaceAll('"', ''));
      return [name.toLowerCase(), value];
    }),
  );
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
