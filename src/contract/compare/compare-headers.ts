import { parseMediaType } from '../../openapi/document/media-type.ts';
import type { ReceivedResponse } from '../model/exchange.ts';

/** A header field that differs; `nothing` where a side does not have it. */
export interface HeaderDifference {
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

/** Fields that tell a client what to do next, declared or not; all others are the business of whoever stands in between. */
const meaningful: readonly string[] = [
  'content-type',
  'content-disposition',
  'location',
  'allow',
  'www-authenticate',
  'link',
  'retry-after',
  'etag',
];

/** What of a field's value two servers should have in common; of other fields only that they are there. */
const essences: Readonly<Record<string, (value: string) => string>> = {
  'content-type': (value) => parseMediaType(value)?.essence ?? value,
  'content-disposition': (value) => value.split(';', 1)[0]?.trim().toLowerCase() ?? '',
  allow: (value) =>
    value
      .split(',')
      .map((method) => method.trim().toUpperCase())
      .sort()
      .join(', '),
  'www-authenticate': (value) => value.split(/[\s,]/, 1)[0]?.toLowerCase() ?? '',
};

/** @param declared names of the header fields that the document has for the answer */
export function compareHeaders(
  left: ReceivedResponse,
  right: ReceivedResponse,
  declared: readonly string[],
): readonly HeaderDifference[] {
  const names = new Set([...meaningful, ...declared.map((name) => name.toLowerCase())]);
  const isBodiless = left.body.length === 0 || right.body.length === 0;
  return [...names].flatMap((name) => {
    // Where only one side has a body, that is the difference.
    if (name.startsWith('content-') && isBodiless) return [];
    const [one, other] = [left.headers[name], right.headers[name]];
    if (one === undefined || other === undefined)
      return one === other ? [] : [{ name, left: one ?? 'nothing', right: other ?? 'nothing' }];
    const essence = essences[name];
    if (!essence || essence(one) === essence(other)) return [];
    return [{ name, left: one, right: other }];
  });
}
