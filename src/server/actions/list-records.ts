import { findResponse } from '../../openapi/document/find-response.ts';
import type { ListShape } from '../../openapi/infer/infer-list.ts';
import { valuesIn } from '../../openapi/infer/list-filters.ts';
import {
  type Behaviour,
  type BehaviourContext,
  type BehaviourResult,
  JsonText,
} from '../../providers/model/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { ActionSource } from './action-source.ts';
import { assertParents, belongs } from './find-record.ts';
import { orderingOf } from './ordering-of.ts';
import { type Page, pageOfRecords } from './page-of-records.ts';
import { linkHeader, withPageFacts } from './with-page-facts.ts';
import { envelopeRest, wrapRecord } from './wrap-record.ts';

/** Answers that were made from one state of a collection, so that what has not changed is not made again. */
interface Kept {
  readonly version: number;
  /** By what was asked. */
  readonly answers: Map<string, BehaviourResult>;
}

/** Questions of which the answers are kept; there may be one for every page, filter and order. */
const mostKept = 32;

/** How a list picks and shows its records. */
export interface ListHooks {
  /** Throws `record-not-found` where the path names a parent that is not there. */
  assertParents(context: BehaviourContext): void;
  belongs(context: BehaviourContext, record: StoredRecord): boolean;
  /** Changes whenever what belongs to the parents may have. */
  version?(context: BehaviourContext): number;
  /** What is asked for; absent: the query of the URL. */
  query?(context: BehaviourContext): BehaviourContext['query'];
  /** Whether a record is one of those that are asked for, beside what the filters say. */
  picks?(query: BehaviourContext['query']): (record: StoredRecord) => boolean;
  /** What the list shows of a record; absent: the record. */
  show?(record: StoredRecord, context: BehaviourContext): unknown;
}

function usualHooks({ action }: ActionSource): ListHooks {
  return {
    assertParents: (context) => assertParents(action, context),
    belongs: (context, record) => belongs(action, context, record),
  };
}

/** Answers the records that the path and the query ask for: filtered, in order, and a page of them. */
export function listRecords(source: ActionSource, hooks: ListHooks = usualHooks(source)): Behaviour {
  const { action } = source;
  const { list, resource } = action;
  if (!list) throw new TypeError(`${action.operation.id} is no list.`);
  const render = renderer(source, list, hooks);
  const inOrder = orderingOf(source, list);
  // By the collection's committed list, which is a new array after every change.
  const kept = new WeakMap<object, Kept>();
  return (context) => {
    const { path, unit } = context;
    const query = hooks.query?.(context) ?? context.query;
    const collection = unit.collection(resource.collection);
    const all = collection.list();
    const { version } = collection;
    hooks.assertParents(context);
    let former = kept.get(all);
    if (former?.version !== version) {
      former = { version, answers: new Map() };
      kept.set(all, former);
    }
    const linked = hooks.version?.(context);
    const asked = linked === undefined ? keyOf(path, query) : `${linked} ${keyOf(path, query)}`;
    const known = former.answers.get(asked);
    if (known) return known;
    const filters = list.filters.filter(({ name }) => query[name] !== undefined);
    const isPicked = hooks.picks?.(query);
    const found = inOrder(all, version, query).filter(
      (record) =>
        hooks.belongs(context, record) &&
        (!isPicked || isPicked(record)) &&
        filters.every(({ at, name }) =>
          valuesIn(record.value, at).some((value) => matches(value, query[name])),
        ),
    );
    const answer = render(pageOfRecords(list.paging, query, found), context);
    if (former.answers.size < mostKept) former.answers.set(asked, answer);
    return answer;
  };
}

/** The path and the query of a request as text; empty where there are none. */
function keyOf(path: BehaviourContext['path'], query: BehaviourContext['query']): string {
  for (const _ in path) return JSON.stringify([path, query]);
  for (const _ in query) return JSON.stringify(query);
  return '';
}

function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(value, one));
  if (Array.isArray(value)) return value.some((one) => matches(one, wanted));
  return String(value) === String(wanted);
}

type Render = (page: Page, context: BehaviourContext) => BehaviourResult;

/** What makes answers of pages: the records' kept texts within the envelope's, and the declared header fields. */
function renderer({ action, document }: ActionSource, list: ListShape, { show }: ListHooks): Render {
  const { operation, schema, status } = action;
  const { facts, itemsAt, paging, totalAt, totalHeader } = list;
  const rest = envelopeRest(document, schema, itemsAt, totalAt);
  const declared = findResponse(operation, status)?.headers ?? [];
  const isLinked = declared.some(({ name }) => name.toLowerCase() === 'link');
  return (page, context) => {
    const beside = itemsAt.length === 0 ? undefined : withPageFacts(rest, facts, paging, page, context);
    const fill = (items: unknown) =>
      wrapRecord(itemsAt, items, totalAt ? wrapRecord(totalAt, page.total, beside) : beside);
    const shown = show && page.records.map((record) => show(record, context));
    const items = shown ? JSON.stringify(shown) : `[${page.records.map(({ json }) => json).join(',')}]`;
    const [before = '', after = ''] = JSON.stringify(fill('\u0000')).split('"\\u0000"');
    const body = new JsonText(`${before}${items}${after}`, () =>
      fill(shown ?? page.records.map(({ value }) => value)),
    );
    const link = isLinked ? linkHeader(paging, page, context) : undefined;
    if (link === undefined && totalHeader === undefined) return { status, body };
    const headers = {
      ...(link !== undefined && { link }),
      ...(totalHeader !== undefined && { [totalHeader]: String(page.total) }),
    };
    return { status, headers, body };
  };
}
