import type { Sort } from '../../../openapi/infer/list-sorts.ts';

/**
 * Where values are not in order, by the index of the later one; undefined where they are. Null and absent values may stand
 * anywhere. Texts are in order when they are by any of the usual ways to compare them: by code, without case, by language, as
 * numbers, as times.
 */
export function firstOutOfOrder(
  values: readonly unknown[],
  direction: Sort['direction'],
): number | undefined {
  const known = [...values.entries()].filter(([, value]) => value !== null && value !== undefined);
  const ways: readonly Compare[] = known.every(([, value]) => typeof value === 'string')
    ? [byCode, byFolded, byLanguage, byNumber, byTime]
    : known.every(([, value]) => typeof value === 'number')
      ? [(a, b) => Number(a) - Number(b)]
      : [];
  const signs = direction === 'either' ? [1, -1] : direction === 'descending' ? [-1] : [1];
  let furthest: number | undefined;
  for (const compare of ways) {
    for (const sign of signs) {
      const at = known.findIndex(([, value], index) => {
        const before = known[index - 1];
        return before !== undefined && !(sign * compare(String(before[1]), String(value)) <= 0);
      });
      if (at < 0) return undefined;
      furthest = Math.max(furthest ?? 0, known[at]?.[0] ?? 0);
    }
  }
  return furthest;
}

type Compare = (one: string, other: string) => number;

const byCode: Compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const byFolded: Compare = (one, other) => byCode(one.toLowerCase(), other.toLowerCase());
const collator = new Intl.Collator('en', { numeric: true, ignorePunctuation: true });
const byLanguage: Compare = (one, other) => collator.compare(one, other);
// What is no number or no time is in no such order, since NaN is not below anything.
const byNumber: Compare = (one, other) => Number(one) - Number(other);
const byTime: Compare = (one, other) => Date.parse(one) - Date.parse(other);
