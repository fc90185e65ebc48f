import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { withValueAt } from '../../json/with-value-at.ts';
import type { Operation, Parameter } from '../../openapi/document/document.ts';
import type { ApiRequest, ApiResponse } from '../../server/message/api-message.ts';
import { alterAnswers, aroundCalls, type MutantCall } from './alter-answers.ts';
import { answerText, isSuccess, parseAnswer, withJsonAnswer } from './json-answers.ts';
import type { MutantOperator, Mutation, MutationSubject } from './mutant.ts';
import { resourceOf, roleOf, siblings } from './roles.ts';
import { jsonOf, type Script, type WitnessRequest } from './script.ts';

const deepest = 3;

/** Keys that lead to the records of a list's answer. */
export function itemsAt(value: unknown, depth = 0): readonly string[] | undefined {
  if (Array.isArray(value)) return value.every(isObject) ? [] : undefined;
  if (!isObject(value) || depth > deepest) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const below = itemsAt(part, depth + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((here, key) => (isObject(here) ? here[key] : undefined), value);
}

export function itemsOf(value: unknown): readonly JsonObject[] {
  const keys = itemsAt(value);
  const items = keys && at(value, keys);
  return Array.isArray(items) ? items.filter(isObject) : [];
}

function withItems(value: unknown, items: readonly unknown[]): unknown {
  const keys = itemsAt(value);
  return keys ? withValueAt(value, keys, items) : value;
}

const totals = ['total', 'total_count', 'totalCount', 'count'];

/** Keys that lead to the number of all records. */
function totalAt(value: unknown, depth = 0): readonly string[] | undefined {
  if (!isObject(value) || depth > deepest) return undefined;
  const name = totals.find((each) => typeof value[each] === 'number');
  if (name !== undefined) return [name];
  for (const [key, part] of Object.entries(value)) {
    const below = totalAt(part, depth + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

function withTotal(value: unknown, change: (total: number) => number): unknown {
  const keys = totalAt(value);
  const total = keys && at(value, keys);
  return keys && typeof total === 'number' ? withValueAt(value, keys, change(total)) : value;
}

type ItemsChange = (items: readonly JsonObject[], value: unknown) => unknown;

/** Faults in which records a list answers. */
const changes: readonly (readonly [id: string, fault: string, change: ItemsChange])[] = [
  ['list-lacks-last', 'leaves the last record out', (items, value) => withItems(value, items.slice(0, -1))],
  ['list-lacks-first', 'leaves the first record out', (items, value) => withItems(value, items.slice(1))],
  [
    'list-lacks-one',
    'leaves a record out and does not count it either',
    (items, value) => withTotal(withItems(value, items.slice(0, -1)), (total) => total - 1),
  ],
  [
    'list-repeats',
    'answers a record twice',
    (items, value) => withItems(value, [...items, ...items.slice(0, 1)]),
  ],
  ['list-empty', 'answers no records', (_, value) => withItems(value, [])],
  [
    'list-differs',
    'shows a text of a record otherwise than the record does',
    (items, value) => withItems(value, items.map(altered)),
  ],
  ['total-too-high', 'counts one record too many', (_, value) => withTotal(value, (total) => total + 1)],
  [
    'total-of-page',
    'counts the records of the page only',
    (items, value) => withTotal(value, () => items.length),
  ],
  [
    'next-missing',
    'says that there is no next page',
    (_, value) => {
      const keys = nextAt(value);
      return keys ? withValueAt(value, keys, null) : value;
    },
  ],
];

/** Keys that lead to the link to the next page. */
function nextAt(value: unknown, depth = 0): readonly string[] | undefined {
  if (!isObject(value) || depth > deepest) return undefined;
  const name = ['next', 'next_page', 'nextPage', 'next_cursor', 'nextCursor'].find(
    (each) => typeof value[each] === 'string' || typeof value[each] === 'number',
  );
  if (name !== undefined) return [name];
  for (const [key, part] of Object.entries(value)) {
    const below = nextAt(part, depth + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

function altered(item: JsonObject): JsonObject {
  const name = Object.keys(item).findLast(
    (key) => typeof item[key] === 'string' && /^[A-Z]?[a-z ]+$/.test(String(item[key])),
  );
  return name === undefined ? item : { ...item, [name]: String(item[name]).toUpperCase() };
}

const sizeNames = /^(?:limit|page_?size|per_?page|size|count)$/i;
const startNames = /^(?:offset|skip|page|page_?number|start)$/i;
const orderNames = /^(?:sort|order|order_?by|ordering|sort_?by)$/i;

type Kind = 'size' | 'start' | 'order' | 'filter';

function kindOf({ name }: Parameter): Kind {
  if (sizeNames.test(name)) return 'size';
  if (startNames.test(name)) return 'start';
  return orderNames.test(name) ? 'order' : 'filter';
}

/** Faults in how the parameters of a list are followed. */
const parameterFaults: readonly (readonly [
  id: string,
  fault: string,
  kind: Kind,
  way: (call: MutantCall, name: string) => Promise<ApiResponse>,
])[] = [
  ['filter-ignored', 'A filter is ignored.', 'filter', without],
  [
    'filter-inverted',
    'A filter lets through what it should hold back.',
    'filter',
    async (call, name) => {
      const [kept, all] = [await call.next(), await without(call, name)];
      if (!isSuccess(kept) || !isSuccess(all)) return kept;
      const held = new Set(itemsOf(parseAnswer(answerText(kept))).map((item) => JSON.stringify(item)));
      return withJsonAnswer(all, (value) =>
        withItems(
          value,
          itemsOf(value).filter((item) => !held.has(JSON.stringify(item))),
        ),
      );
    },
  ],
  ['order-ignored', 'The order that is asked for is ignored.', 'order', without],
  [
    'order-reversed',
    'Records are sorted the other way round.',
    'order',
    async ({ next }) =>
      withJsonAnswer(await next(), (value) => withItems(value, itemsOf(value).toReversed())),
  ],
  ['page-size-ignored', 'The size of a page is ignored.', 'size', without],
  [
    'page-one-more',
    'A page has one record more than was asked for.',
    'size',
    ({ next, request }, name) => next(withParameter(request, name, (value) => String(Number(value) + 1))),
  ],
  ['page-start-ignored', 'Every page is the first.', 'start', without],
  [
    'pages-overlap',
    'A page begins with the last record of the one before.',
    'start',
    shiftedPages((before, page) => [...before.slice(-1), ...page.slice(0, -1)]),
  ],
  [
    'pages-skip',
    'The first record of every further page is left out.',
    'start',
    shiftedPages((_, page) => page.slice(1)),
  ],
];

/** The answer to the request without a parameter. */
function without({ next, request }: MutantCall, name: string): Promise<ApiResponse> {
  return next(withParameter(request, name, () => undefined));
}

function withParameter(
  request: ApiRequest,
  name: string,
  change: (value: string) => string | undefined,
): ApiRequest {
  const [path = '', query = ''] = request.url.split('?', 2);
  const pairs = new URLSearchParams(query);
  const value = pairs.get(name);
  if (value === null) return request;
  const next = change(value);
  if (next === undefined) pairs.delete(name);
  else pairs.set(name, next);
  const url = pairs.size === 0 ? path : `${path}?${pairs}`;
  return { ...request, baseUrl: request.baseUrl, url };
}

/** Pages after the first made of what they should hold and what the page before holds. */
function shiftedPages(
  change: (before: readonly JsonObject[], page: readonly JsonObject[]) => readonly JsonObject[],
) {
  return async (call: MutantCall, name: string): Promise<ApiResponse> => {
    const response = await call.next();
    const isOffset = /offset|skip|start/i.test(name);
    const items = itemsOf(parseAnswer(answerText(response)));
    let first = true;
    const size = Math.max(items.length, 1);
    const earlier = withParameter(call.request, name, (value) => {
      first = Number(value) <= (isOffset ? 0 : 1);
      return String(Math.max(isOffset ? Number(value) - size : Number(value) - 1, isOffset ? 0 : 1));
    });
    if (first || !isSuccess(response)) return response;
    const before = itemsOf(parseAnswer(answerText(await call.next(earlier))));
    return withJsonAnswer(response, (value) => withItems(value, change(before, itemsOf(value))));
  };
}

/** What fills a list before it is asked for: some records, where they can be created. */
function filling(subject: MutationSubject, script: Script): readonly WitnessRequest[] {
  const [creation] = siblings(subject, script, 'create');
  if (!creation || script.operation.path.includes('{')) return [];
  return [...creation.before, ...[1, 2, 3].map((turn) => variant(creation.request, turn))];
}

/** The same request with texts that are this turn's own, where nothing says what they are to be. */
function variant(request: WitnessRequest, turn: number): WitnessRequest {
  const body = jsonOf(request);
  if (!isObject(body)) return request;
  const own = Object.entries(body).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const;
    if (value.includes('@')) return [name, `turn${turn}.${value}`] as const;
    return [name, /^https?:/.test(value) ? `${value}/${turn}` : value] as const;
  });
  return { ...request, body: JSON.stringify(Object.fromEntries(own)) };
}

function isList({ api }: MutationSubject, { answer, operation }: Script): boolean {
  return roleOf(api, operation) === 'list' && itemsAt(jsonOf(answer)) !== undefined;
}

const answered: readonly MutantOperator[] = changes.map(([id, fault, change]) => ({
  id,
  family: 'lists',
  fault: `A list ${fault}.`,
  mutations: (subject) =>
    subject.scripts
      .filter((script) => isList(subject, script))
      .map((script) => ({
        place: script.operation.id,
        operation: script.operation,
        plant: (api) =>
          alterAnswers(api, script.operation, (response) =>
            isSuccess(response)
              ? withJsonAnswer(response, (value) => change(itemsOf(value), value))
              : response,
          ),
        witness: [
          ...filling(subject, script),
          ...script.before,
          script.request,
          ...paged(script, 'total-of-page next-missing'.includes(id)),
        ],
      })),
}));

/** The list by pages of one, where that makes a difference. */
function paged({ operation, request }: Script, isWanted: boolean): readonly WitnessRequest[] {
  const size = isWanted
    ? parametersOf(operation).find((parameter) => kindOf(parameter) === 'size')
    : undefined;
  return size ? [asking(request, [[size.name, '1']])] : [];
}

function parametersOf(operation: Operation): readonly Parameter[] {
  return operation.parameters.filter(({ in: place }) => place === 'query');
}

function asking(request: WitnessRequest, pairs: readonly (readonly [string, string])[]): WitnessRequest {
  const [path = '', query = ''] = request.path.split('?', 2);
  const all = new URLSearchParams(query);
  for (const [name, value] of pairs) all.set(name, value);
  return { ...request, path: `${path}?${all}` };
}

const followed: readonly MutantOperator[] = parameterFaults.map(([id, fault, kind, way]) => ({
  id,
  family: 'lists',
  fault,
  mutations: (subject) =>
    subject.scripts
      .filter((script) => isList(subject, script))
      .flatMap((script) =>
        parametersOf(script.operation)
          .filter((parameter) => kindOf(parameter) === kind)
          .map((parameter) => mutationOf(subject, script, parameter, kind, way)),
      ),
}));

function mutationOf(
  subject: MutationSubject,
  script: Script,
  parameter: Parameter,
  kind: Kind,
  way: (call: MutantCall, name: string) => Promise<ApiResponse>,
): Mutation {
  const { operation, request } = script;
  const { name } = parameter;
  const asks = valuesFor(subject, script, parameter, kind).map((pairs) => asking(request, pairs));
  return {
    place: `${operation.id} query/${name}`,
    operation,
    plant: (api) =>
      aroundCalls(api, operation, (call) =>
        new URLSearchParams(call.request.url.split('?')[1] ?? '').has(name) ? way(call, name) : call.next(),
      ),
    witness: [...filling(subject, script), ...script.before, ...asks],
  };
}

/** Queries that could show whether a parameter is followed. */
function valuesFor(
  { api }: MutationSubject,
  { answer, operation }: Script,
  { name, schema }: Parameter,
  kind: Kind,
): readonly (readonly (readonly [string, string])[])[] {
  const size = parametersOf(operation).find((each) => kindOf(each) === 'size');
  if (kind === 'size') return [[[name, '1']], [[name, '2']]];
  const one = size ? [[size.name, '1'] as const] : [];
  if (kind === 'start') return ['1', '2'].map((value) => [...one, [name, value] as const]);
  const node = schema === undefined ? {} : objectOrEmpty(api.document.resolve(schema)?.node);
  const fields = propertiesNamed(api, operation);
  const listed = Array.isArray(node.enum) ? node.enum : (objectOrEmpty(node.items).enum ?? []);
  const shown = itemsOf(jsonOf(answer)).flatMap((item) => leavesLike(name, item));
  const own = kind === 'order' ? fields.flatMap((field) => [field, `-${field}`]) : shown;
  const values = [...new Set([...(Array.isArray(listed) ? listed : []), ...own].map(String))].slice(0, 12);
  return values.map((value) => [[name, value] as const]);
}

/** Values in a record that a parameter of that name may mean: `apiId` the id of its `api`, `eventName` one of its `events`. */
function leavesLike(name: string, value: unknown, path: readonly string[] = []): readonly unknown[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, part]) => leavesLike(name, part, [...path, key]));
  const [word = ''] = name.toLowerCase().split(/[^a-z]|(?<=[a-z])(?=[A-Z])|(?:id|name)$/i);
  const isMeant = path.some(
    (key) => key.toLowerCase() === name.toLowerCase() || (word !== '' && key.toLowerCase().startsWith(word)),
  );
  return isMeant && value !== null && value !== undefined ? [value] : [];
}

function propertiesNamed(api: MutationSubject['api'], operation: Operation): readonly string[] {
  const resource = resourceOf(api, operation);
  return resource ? ['created', 'created_at', 'id', resource.id] : ['created', 'id'];
}

/** Faults of lists. */
export const lists: readonly MutantOperator[] = [...answered, ...followed];
