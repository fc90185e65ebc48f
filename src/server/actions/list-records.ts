import { findResponse } from '../../openapi/document/find-response.ts';
import type { ListShape } from '../../openapi/infer/infer-list.ts';
import { valuesIn } from '../../openapi/infer/list-filters.ts';
import {
  type Behaviour,
  type BehaviourContext,
  type BehaviourResult,
  JsonText,
} from '../../providers/model/provider.ts';
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

/** Answers the records that the path and the query ask for: filtered, in order, and a page of them. */
export function listRecords(source: ActionSource): Behaviour {
  const { action } = source;
  const { list, resource } = action;
  if (!list) throw new TypeError(`${action.operation.id} is no list.`);
  const render = renderer(source, list);
  const inOrder = orderingOf(source, list);
  // By the collection's committed list, which is a new array after every change.
  const kept = new WeakMap<object, Kept>();
  return (context) => {
    const { path, query, unit } = context;
    const collection = unit.collection(resource.collection);
    const all = collection.list();
    const { version } = collection;
    assertParents(action, context);
    let former = kept.get(all);
    if (former?.version !== version) {
      former = { version, answers: new Map() };
      kept.set(all, former);
    }
    const asked = keyOf(path, query);
    const known = former.answers.get(asked);
    if (known) return known;
    const filters = list.filters.filter(({ name }) => query[name] !== undefined);
    const found = inOrder(all, version, query).filter(
      (record) =>
        belongs(action, context, record) &&
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
function renderer({ action, document }: ActionSource, list: ListShape): Render {
  const { operation, schema, status } = action;
  const { facts, itemsAt, paging, totalAt, totalHeader } = list;
  const rest = envelopeRest(document, schema, itemsAt, totalAt);
  const declared = findResponse(operation, status)?.headers ?? [];
  const isLinked = declared.some(({ name }) => name.toLowerCase() === 'link');
  return (page, context) => {
    const beside = itemsAt.length === 0 ? undefined : withPageFacts(rest, facts, paging, page, context);
    const fill = (items: unknown) =>
      wrapRecord(itemsAt, items, totalAt ? wrapRecord(totalAt, page.total, beside) : beside);
    const items = `[${page.records.map(({ json }) => json).join(',')}]`;
    const [before = '', after = ''] = JSON.stringify(fill('\u0000')).split('"\\u0000"');
    const body = new JsonText(`${before}${items}${after}`, () =>
      fill(page.records.map(({ value }) => value)),
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
