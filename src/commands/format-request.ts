import type { PreparedRequest } from '../server/mock.ts';
import { paint } from './words.ts';

/** A request as it goes out: method and URL, headers, and the body exactly as it is. */
export function formatRequest({ body, headers, method, url }: PreparedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${paint('dim', `${name}:`)} ${value}`);
  return [`${paint('bold', method)} ${url}`, ...lines, '', body].join('\n');
}
