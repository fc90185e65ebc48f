import { isObject } from '../../../json/is-object.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import { payloadLeaves } from './payload-leaves.ts';

/** A place of a payload where any text may stand. */
export interface FreeText {
  readonly keys: readonly string[];
  /** Characters that the document allows there. */
  readonly room: number;
}

const likely = /note|comment|description|message|text|memo|remark|reason|title|label|subject|reference|name/i;
const unlikely = /id$|uuid|token|code|status|state|type|kind|event|url|secret|mail/i;
const longText = 1_000_000;
/** Letters of all lengths, and signs that are escaped. */
const sample = 'By noon / 🎯 "quoted"';

/**
 * Where a payload takes any text: a field of the thing it is about, else one of another part, else a field of its own making
 * where the document allows such.
 */
export function findFreeText(
  payload: unknown,
  record: readonly string[] | undefined,
  event: string,
  allows: (payload: unknown) => boolean,
): FreeText | undefined {
  const isOfRecord = (keys: readonly string[]) =>
    record !== undefined &&
    keys.length === record.length + 1 &&
    record.every((key, index) => keys[index] === key);
  const rank = ({ keys }: { readonly keys: readonly string[] }) =>
    (likely.test(keys.at(-1) ?? '') ? 0 : 2) + (isOfRecord(keys) ? 0 : 1);
  const shown = payloadLeaves(payload)
    .filter(({ keys, value }) => keys.length > 0 && isText(value, event) && !unlikely.test(keys.at(-1) ?? ''))
    .toSorted((one, other) => rank(one) - rank(other))
    .map(({ keys }) => keys);
  const own = isObject(payload) ? [[...(record ?? []), 'note']] : [];
  const keys = [...shown, ...own].find((at) => allows(withValueAt(payload, at, sample)));
  if (!keys) return undefined;
  const isLong = allows(withValueAt(payload, keys, 'x'.repeat(longText)));
  return { keys, room: isLong ? longText : sample.length };
}

function isText(value: unknown, event: string): boolean {
  return value === null || (typeof value === 'string' && value !== event);
}
