import { hash } from 'node:crypto';
import { isObject } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { PlanContext } from './plan-context.ts';

/**
 * The body of a creation with an id that no other case has, where callers choose ids: a server may refuse one twice, and a record of
 * somebody else must not be met by chance. Bodies without an id, and ids whose schema allows no other, stay as they are.
 *
 * @param key the same key gives the same id
 */
export function withOwnId(
  { collections, document, validators }: PlanContext,
  operation: Operation,
  mediaType: string,
  body: unknown,
  key: string,
): unknown {
  const role = collections.roleOf(operation);
  if (role?.role !== 'create' || !isObject(body)) return body;
  const { id } = role.collection;
  const own = ownId(body[id], key);
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => name === mediaType)?.schema;
  const at = schema === undefined ? undefined : recordPropertiesOf(document, schema).get(id);
  if (own === undefined || at === undefined) return body;
  const isAllowed = validators.validate(at, own, 'request', 'body').length === 0;
  return isAllowed ? { ...body, [id]: own } : body;
}

function ownId(shown: unknown, key: string): string | number | undefined {
  const digest = hash('sha256', key);
  // Within 32 bits, and beyond what counters reach.
  if (typeof shown === 'number')
    return 1_000_000_000 + (Number.parseInt(digest.slice(0, 12), 16) % 1_000_000_000);
  if (typeof shown !== 'string') return undefined;
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(shown);
  if (!isUuid) return `sparring-${digest.slice(0, 12)}`;
  const [one, two, three, four, five] = [0, 8, 12, 15, 20].map((start, index) =>
    digest.slice(start, start + ([8, 4, 3, 3, 12][index] ?? 0)),
  );
  return `${one}-${two}-4${three}-8${four}-${five}`;
}
