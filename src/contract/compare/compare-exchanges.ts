import { isObject, type JsonObject } from '../../json/is-object.ts';
import { keysOf, pointerTo } from '../../json/json-pointer.ts';
import type { ResponseDefinition } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { findMediaType } from '../../openapi/document/media-type.ts';
import { excerpt, withoutSecrets } from '../checks/judging/findings.ts';
import { schemaChain } from '../checks/judging/provenance-of.ts';
import type { Case } from '../model/case.ts';
import type { CaseExchange, ReceivedResponse } from '../model/exchange.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';
import { compareHeaders } from './compare-headers.ts';
import { compareProfiles } from './compare-profiles.ts';
import type { AnswerDifference, Side } from './compare-report.ts';
import { compareValues } from './compare-values.ts';
import { profileOf } from './profile.ts';
import type { ValueDifference } from './value-difference.ts';
import { volatileFormats } from './volatile.ts';

/** Which parts of two bodies are compared. */
export type Depth =
  /** The records are other ones on each side: only how all of them look. */
  | 'shape'
  /** It is what the run itself sent and brought about: values too, but for those that no two servers have in common. */
  | 'values';

/** The answers of both sides to one step of a case. */
export interface Pair {
  readonly case: Case;
  readonly exchanges: Readonly<Record<Side, CaseExchange>>;
  readonly depth: Depth;
}

type Part = Pick<AnswerDifference, 'cause' | 'kind' | 'left' | 'location' | 'pointer' | 'right' | 'subject'>;

/** In what two answers differ, but for their status: header fields and body. */
export function compareExchanges(context: PlanContext, pair: Pair): readonly AnswerDifference[] {
  const { left, right } = pair.exchanges;
  if (!left.response || !right.response) return [];
  const declared = findResponse(left.operation, left.response.status);
  const parts = [
    ...headerParts(left, left.response, right.response, declared),
    ...bodyParts(context, pair, left.response, right.response, declared),
  ];
  return parts.map((part) => differenceOf(pair, part));
}

export function differenceOf({ case: { id }, exchanges }: Pair, part: Part): AnswerDifference {
  return { ...part, case: id, operation: exchanges.left.operation.id, exchanges };
}

function headerParts(
  { operation }: CaseExchange,
  left: ReceivedResponse,
  right: ReceivedResponse,
  declared: ResponseDefinition | undefined,
): readonly Part[] {
  const names = declared?.headers.map(({ name }) => name) ?? [];
  return compareHeaders(left, right, names).map((found) => {
    const header = declared?.headers.find(({ name }) => name.toLowerCase() === found.name);
    const at = declared?.pointer ?? operation.pointer;
    return {
      kind: 'header',
      location: `header/${found.name}`,
      left: found.left,
      right: found.right,
      pointer: header ? pointerTo(at, 'headers', header.name) : at,
      cause: `header ${found.name} ${found.name === 'content-type' ? `${found.left} ${found.right}` : ''}`,
      subject: `the header field ${found.name}`,
    };
  });
}

function bodyParts(
  context: PlanContext,
  { depth, exchanges: { left: exchange } }: Pair,
  left: ReceivedResponse,
  right: ReceivedResponse,
  declared: ResponseDefinition | undefined,
): readonly Part[] {
  const { operation } = exchange;
  const pointer = declared?.pointer ?? operation.pointer;
  const isOdd = (left.body.length === 0) !== (right.body.length === 0) || !left.json !== !right.json;
  if (isOdd && exchange.request.method !== 'HEAD') {
    const [one, other] = [bodyInWords(left), bodyInWords(right)];
    if (one === other) return [];
    const cause = `body ${one} ${other} ${pointer}`;
    return [
      {
        kind: 'body',
        location: 'body',
        left: excerpt(left),
        right: excerpt(right),
        pointer,
        cause,
        subject: `the body of ${operation.id} ${left.status}`,
      },
    ];
  }
  if (!left.json || !right.json || depth === 'shape') return [];
  const found = compareValues(left.json.value, right.json.value);
  // What errors of different statuses say is not the same either.
  const eventCause = left.status === right.status ? found : found.filter(({ kind }) => kind !== 'value');
  return valueParts(context, exchange, left, eventCause);
}

/** In what all records of one kind look different, whatever they are: bodies of the same operation and status, taken together. */
export function compareShapes(context: PlanContext, pairs: readonly Pair[]): readonly AnswerDifference[] {
  const kinds = Map.groupBy(
    pairs.filter(
      ({ depth, exchanges: { left, right } }) =>
        depth === 'shape' && left.response?.json && right.response?.json,
    ),
    ({ exchanges: { left } }) => `${left.operation.id} ${left.response?.status}`,
  );
  return [...kinds.values()].flatMap((alike) => {
    const [pair] = alike;
    const exchange = pair?.exchanges.left;
    if (!pair || !exchange?.response) return [];
    const [left, right] = (['left', 'right'] as const).map((side) =>
      profileOf(alike.map(({ exchanges }) => exchanges[side].response?.json?.value)),
    );
    const found = left && right ? compareProfiles(left, right, []) : [];
    return valueParts(context, exchange, exchange.response, found).map((part) => differenceOf(pair, part));
  });
}

function valueParts(
  context: PlanContext,
  { operation }: CaseExchange,
  response: ReceivedResponse,
  found: readonly ValueDifference[],
): readonly Part[] {
  const { status } = response;
  const declared = findResponse(operation, status);
  const sent = response.headers['content-type'];
  const schema = sent === undefined ? undefined : findMediaType(declared?.mediaTypes ?? [], sent)?.schema;
  const start = schema ?? declared?.pointer ?? operation.pointer;
  return found.flatMap((each) => {
    const place = placeOf(context, start, each.keys, schema !== undefined);
    if (each.kind === 'value' && place.isVolatile) return [];
    return [partOf(each, place, `${operation.id} ${status}`, status >= 400)];
  });
}

function bodyInWords({ body, json }: ReceivedResponse): string {
  if (body.length === 0) return 'none';
  return json ? 'JSON' : 'other';
}

interface Place {
  /** The deepest schema that speaks of the value. */
  readonly pointer: string;
  /** The part of the path that was not found. */
  readonly rest: readonly string[];
  readonly isVolatile: boolean;
}

function placeOf(
  { document }: PlanContext,
  schema: string,
  keys: readonly string[],
  isSchema: boolean,
): Place {
  if (!isSchema) return { pointer: schema, rest: keys, isVolatile: false };
  const indices = keys.map((key) => (key === '*' ? '0' : key));
  const known = keys.findLastIndex((_, index) => {
    const [shorter, longer] = [indices.slice(0, index), indices.slice(0, index + 1)];
    return schemaChain(document, schema, longer).length > schemaChain(document, schema, shorter).length;
  });
  const chain = schemaChain(document, schema, indices.slice(0, known + 1));
  const pointer = chain.at(-1) ?? schema;
  const node = document.resolve<JsonObject>(pointer)?.node;
  // A property that is a reference is known by its own place.
  const own =
    known < 0 ? pointer : (chain.findLast((each) => keysOf(each)?.at(-1) === keys[known]) ?? pointer);
  return {
    pointer: own,
    rest: keys.slice(known + 1),
    isVolatile: isObject(node) && volatileFormats.has(node.format),
  };
}

function partOf(found: ValueDifference, { pointer, rest }: Place, answer: string, isError: boolean): Part {
  const { keys, kind } = found;
  const location = ['body', ...keys].join('/');
  const isSecret = /token|secret|password|key/i.test(keys.at(-1) ?? '');
  const shown = (text: string) => (isSecret ? text.replace(/^".*"?…?$/, '"…"') : withoutSecrets(text));
  const owner = nameOf(pointer);
  // Documents seldom say what errors look like: one cause is one field, whatever operation shows it.
  const isLoose = isError && rest.length > 0;
  return {
    kind,
    location,
    left: shown(found.left),
    right: shown(found.right),
    pointer,
    cause: isLoose ? `error ${location}` : `${pointer} ${rest.join('/')}`,
    subject:
      owner === undefined ? `${location} of ${isLoose ? 'errors' : answer}` : [owner, ...rest].join('.'),
  };
}

/** `Customer.email` for what stands in a schema that has a name. */
function nameOf(pointer: string): string | undefined {
  const [components, schemas, name, ...rest] = keysOf(pointer) ?? [];
  if (components !== 'components' || schemas !== 'schemas' || name === undefined) return undefined;
  const names = rest.filter((key, index) => !(index % 2 === 0 && key === 'properties') && key !== 'allOf');
  return [name, ...names.filter((key) => !/^\d+$/.test(key))].join('.');
}
