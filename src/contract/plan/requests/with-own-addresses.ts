import { hash } from 'node:crypto';
import { isObject } from '../../../json/is-object.ts';

/**
 * A value with its e-mail addresses and URLs replaced by ones of a reserved name (RFC 2606) that no other case has: many servers
 * refuse an address twice, and none but these must ever be written to.
 */
export function withOwnAddresses(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withOwnAddresses(item, `${key}/${index}`));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, withOwnAddresses(part, `${key}/${name}`)]),
    );
  }
  if (typeof value !== 'string') return value;
  const own = `sparring-${hash('sha256', key).slice(0, 12)}`;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return `${own}@example.com`;
  const [, scheme] = /^(https?):\/\/[^\s]+$/.exec(value) ?? [];
  return scheme === undefined ? value : `${scheme}://example.com/${own}`;
}
