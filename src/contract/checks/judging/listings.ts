import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../json/is-object.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import { findItems, findRecordIn } from '../../execute/records/find-record.ts';
import { isSame } from '../../execute/records/next-page.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { JudgeContext } from '../../model/check.ts';
import { type AnsweredStep, answeredSteps } from './findings.ts';
import { isWhole } from './record-life.ts';

/** What a list showed on all the pages that were read. */
export interface Listing {
  readonly pages: readonly AnsweredStep[];
  readonly items: readonly JsonObject[];
  /** The ids of the items as text, in the order of the list. */
  readonly ids: readonly string[];
  readonly idsByPage: readonly (readonly string[])[];
  /** Whether every page of the list was read. */
  readonly isComplete: boolean;
  /** The answer of its first page. */
  readonly index: number;
  find(id: string): JsonObject | undefined;
}

/** Numbers of records at which lists end without a word. */
const usualCaps: ReadonlySet<number> = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000]);

/** The collection that a case is about. */
export function collectionOf(run: CaseRun, { collections }: JudgeContext): ApiCollection | undefined {
  return run.case.collection === undefined ? undefined : collections.find(run.case.collection);
}

/** The list that the steps of a name read; undefined where it was not read, or shows no records. */
export function listingOf(run: CaseRun, name: string, { id }: ApiCollection): Listing | undefined {
  const all = answeredSteps(run).filter(({ exchange }) => exchange.step?.name === name);
  const walk = all[0]?.exchange.step?.pages;
  // The first page may be asked for once more to find out how pages are counted.
  const isTwice = walk?.first === undefined && isSame(all[0]?.exchange, all[1]?.exchange, id);
  const pages = (isTwice ? all.filter((_, at) => at !== 1) : all).filter(
    ({ response }) => response.status < 300,
  );
  const [first] = pages;
  const lists = pages.flatMap(({ response }) => {
    const list = findItems(response.json?.value, id);
    return list ? [list] : [];
  });
  if (!first || lists.length < pages.length) return undefined;
  const items = lists.flat();
  const idsByPage = lists.map((list) => list.map((item) => String(item[id])));
  const isRead = walk
    ? all.length < walk.most
    : isWhole(first.exchange.operation) && !usualCaps.has(items.length);
  return {
    pages,
    items,
    ids: idsByPage.flat(),
    idsByPage,
    isComplete: isRead,
    index: first.index,
    find: (wanted) => items.find((item) => String(item[id]) === wanted),
  };
}

/** Ids of the records that the steps of a case created, in that order. */
export function createdIn(run: CaseRun, id: string): readonly string[] {
  return answeredSteps(run).flatMap(({ exchange, response }) => {
    const record = response.status < 300 ? findRecordIn(response.json?.value, id) : undefined;
    return exchange.step?.saveAs !== undefined && record ? [String(record[id])] : [];
  });
}

/** The ids of one list that another does not have. */
export function missingIn(one: Listing, other: Listing): readonly string[] {
  const known = new Set(other.ids);
  return one.ids.filter((id) => !known.has(id));
}

/** Fields that servers change by themselves. */
const atOwnPace =
  /updat|modif|chang|etag|version|revision|last|seen|access|count|views|usage|expire|_at$|At$|time|date|stamp|hash|signature|rank|position|url/i;

/** The fields of which two views of a record show something else, but for those that move at the server's pace. */
export function changedFields(
  before: JsonObject,
  after: JsonObject,
  isOwn: (field: string) => boolean = () => false,
): readonly string[] {
  return Object.keys({ ...before, ...after }).filter(
    (field) => (isOwn(field) || !atOwnPace.test(field)) && !isDeepStrictEqual(before[field], after[field]),
  );
}
