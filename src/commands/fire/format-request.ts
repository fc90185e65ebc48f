import type { PreparedRequest } from '../../server/model/mock.ts';
import { visible } from '../../visible.ts';
import { paintForTerminal } from '../common/words.ts';

/** A request as it goes out: method and URL, headers, and the body exactly as it is. */
export function formatRequest({ body, headers, method, url }: PreparedRequest): string {
  const framing = { Host: new URL(url).host, 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...headers, ...framing }).map(
    ([name, value]) => `${paintForTerminal('dim', `${name}:`)} ${visible(value)}`,
  );
  return [`${paintForTerminal('bold', method)} ${url}`, ...lines, '', body].join('\n');
}
