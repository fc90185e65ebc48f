import { hash } from 'node:crypto';
import { isObject } from '../../../json/is-object.ts';

/** Names by which people and things are called, of which servers commonly allow each one once. */
export const callsByName = /^(?:user_?name|login|slug|handle|sku|nick_?name)$/i;

/** A value whose texts that call something by name are this case's own; addresses see to themselves. */
export function withOwnNames(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withOwnNames(item, `${key}/${index}`));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      typeof part === 'string' && callsByName.test(name)
        ? `${part.replace(/\W+/g, '-').slice(0, 12)}-${hash('sha256', `${key}/${name}`).slice(0, 6)}`
        : withOwnNames(part, `${key}/${name}`),
    ]),
  );
}
