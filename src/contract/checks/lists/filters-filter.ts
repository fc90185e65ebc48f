import type { JsonObject } from '../../../json/is-object.ts';
import { type Filter, listFiltersOf, valuesIn } from '../../../openapi/infer/list-filters.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { answeredSteps, failedFinding, passedFinding } from '../judging/findings.ts';
import { collectionOf, type Listing, listingOf } from '../judging/listings.ts';

export const filtersFilter: Check = {
  id: 'filters-filter',
  grade: 'contract',
  rule: 'A list that is filtered by a field shows the records with that value, all of them, and no others.',
  blindTo: 'Parameters that are not named as a field of the items; lists of which not all can be read.',
  phases: ['lists'],
  judge(run, context) {
    const collection = collectionOf(run, context);
    if (!collection?.list) return [];
    const whole = listingOf(run, 'list', collection);
    const filters = listFiltersOf(context.document, collection.list);
    const names = new Set(answeredSteps(run).map(({ exchange }) => exchange.step?.name ?? ''));
    return [...names].flatMap((name) => {
      const filter = filters.find(
        ({ parameter }) => name.split(' ').slice(0, 2).join(' ') === `filter ${parameter.name}`,
      );
      const found = filter && listingOf(run, name, collection);
      if (!filter || !found) return [];
      return judgeFilter({ context, filter, found, whole, id: collection.id });
    });
  },
};

interface Filtered {
  readonly context: JudgeContext;
  readonly filter: Filter;
  readonly found: Listing;
  readonly whole: Listing | undefined;
  /** The field that identifies a record. */
  readonly id: string;
}

function judgeFilter({ context, filter, found, id, whole }: Filtered): readonly Finding[] {
  const { at, isSaid, parameter, pointer } = filter;
  const [first] = found.pages;
  const wanted = first?.exchange.sent.query[parameter.name];
  if (!first || wanted === undefined || wanted === null) return [];
  const chain = [first.exchange.operation.pointer, pointer];
  const asked = `${parameter.name}=${String(wanted)}`;
  const shown = (item: JsonObject) => valuesIn(item, at);
  const wrong = found.items.filter(
    (item) => shown(item).length > 0 && !shown(item).some((value) => resembles(value, wanted)),
  );
  const findings: Finding[] = [];
  if (wrong[0]) {
    const seen = `${wrong.length} others, such as ${String(wrong[0][id])} with ${JSON.stringify(shown(wrong[0]))}`;
    findings.push(
      failedFinding(found.index, chain, {
        expected: `only records with ${asked}`,
        seen,
        location: `body/${at[0]}`,
      }),
    );
  }
  const known = new Set(found.ids);
  const due = (whole?.items ?? []).filter((item) =>
    shown(item).some((value) => String(value) === String(wanted)),
  );
  const lost = due.filter((item) => !known.has(String(item[id])));
  if (lost[0] && found.isComplete && context.exclusive) {
    const expected = `all ${due.length} records with ${asked}`;
    findings.push(
      failedFinding(found.index, chain, { expected, seen: `no ${String(lost[0][id])}`, location: 'body' }),
    );
  }
  const isTold = found.items.length > 0 || (whole?.items.length ?? 0) > 0;
  const judged = findings.length > 0 ? findings : isTold ? [passedFinding(found.index, chain)] : [];
  return judged.map((finding) => ({ ...finding, inferred: !isSaid }));
}

/** The same text in any case, or a part of it: filters may look for words. */
function resembles(value: unknown, wanted: unknown): boolean {
  if (value === null || value === undefined) return false;
  const [one, other] = [String(value).trim().toLowerCase(), String(wanted).trim().toLowerCase()];
  if (one === other) return true;
  return typeof value === 'string' && other !== '' && one.includes(other);
}
