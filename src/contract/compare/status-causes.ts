import type { Expectation } from '../model/step.ts';
import { differenceOf, type Pair } from './compare-exchanges.ts';
import type { AnswerDifference } from './compare-report.ts';

/** The words by which a report names the requests of each expectation. */
const requests: Readonly<Record<Expectation, string>> = {
  accepted: 'valid requests',
  refused: 'requests that break a rule',
  unauthenticated: 'requests without good credentials',
  forbidden: 'requests whose scope does not suffice',
  'method-refused': 'methods that are not declared',
  'media-type-refused': 'bodies of another media type',
  gone: 'requests for what was deleted',
  absent: 'requests for what is not there',
  any: 'requests that may go either way',
};

interface Bucket {
  readonly key: string;
  readonly subject: string;
  /** Whether the cause is worth an entry even when it explains a single request. */
  readonly isOwn?: boolean;
}

/**
 * The differing statuses among all pairs of answers, each with the broadest cause that explains it: if all requests that break
 * a format are answered in another way, that is one difference, not one for each field that has a format.
 */
export function statusCauses(pairs: readonly Pair[]): readonly AnswerDifference[] {
  const changes = new Map<string, string[]>();
  for (const pair of pairs) {
    const change = changeOf(pair);
    for (const { key } of bucketsOf(pair)) {
      const known = changes.get(key);
      if (known) known.push(change);
      else changes.set(key, [change]);
    }
  }
  const explains = ({ isOwn = false, key }: Bucket) => {
    const all = changes.get(key) ?? [];
    return all.every((change) => change === all[0]) && (isOwn || all.length > 1);
  };
  return pairs
    .filter((pair) => changeOf(pair) !== same)
    .map((pair) => {
      const { left, right } = pair.exchanges;
      const { key, subject } = causeOf(pair, explains);
      return differenceOf(pair, {
        kind: left.response && right.response ? 'status' : 'answer',
        location: 'status',
        left: answerOf(left),
        right: answerOf(right),
        pointer: left.step?.broken?.pointer ?? left.operation.pointer,
        cause: `status ${changeOf(pair)} ${key}`,
        subject: `the status of ${subject}`,
      });
    });
}

function causeOf(pair: Pair, explains: (bucket: Bucket) => boolean): Bucket {
  const { left, right } = pair.exchanges;
  // That both refuse, and only say it differently, is one habit of a server, wherever it shows.
  const [one, other] = [left, right]
    .map(({ response }) => response?.status ?? 0)
    .map((status) => Math.floor(status / 100));
  if (one === 4 && other === 4) return { key: 'alike', subject: requests[expectationOf(pair)] };
  const buckets = bucketsOf(pair);
  if (left.response && right.response)
    return buckets.find(explains) ?? buckets.at(-1) ?? { key: 'none', subject: 'a request' };
  // That an operation gives no answer is one thing, whatever was asked of it.
  return (
    buckets.slice(0, 1).find(explains) ?? {
      key: `silent ${left.operation.id}`,
      subject: `requests to ${left.operation.id}`,
    }
  );
}

const same = 'same';

/** What becomes of a status on the right; of another class, in which way plays no part. */
function changeOf({ exchanges: { left, right } }: Pair): string {
  const [one, other] = [left, right].map(({ failure, response }) =>
    String(response?.status ?? failure?.kind),
  );
  if (one === other) return same;
  if (!left.response || !right.response) return `answer ${left.failure?.kind} ${right.failure?.kind}`;
  return one?.[0] === other?.[0] ? `${one} ${other}` : `${one} ${other?.[0]}xx`;
}

function answerOf({ failure, response }: Pair['exchanges']['left']): string {
  return response ? String(response.status) : `no answer: ${failure?.message}`;
}

/** What is expected of a request; whatever a case says of it, for what was deleted before it is one thing. */
function expectationOf({ case: planned, exchanges: { left } }: Pair): Expectation {
  const { expect, step } = left;
  if (step?.of === undefined) return expect;
  const before = planned.steps.slice(0, planned.steps.indexOf(step));
  return before.some(({ deletes }) => deletes === step.of) ? 'gone' : expect;
}

/** What a request has in common with others, the broadest first; the last is its own. */
function bucketsOf(pair: Pair): readonly Bucket[] {
  const {
    case: { id },
    exchanges: { left },
  } = pair;
  const { operation, step } = left;
  const expect = expectationOf(pair);
  const broken = step?.broken;
  const kind = requests[expect];
  const status = left.response?.status ?? 'no answer';
  return [
    { key: 'all', subject: 'all requests' },
    { key: `expect ${expect}`, subject: kind },
    ...(broken
      ? [{ key: `keyword ${broken.keyword}`, subject: `requests that break ${broken.keyword}` }]
      : []),
    { key: `operation ${operation.id}`, subject: `all requests to ${operation.id}` },
    {
      key: `operation ${operation.id} answered ${status}`,
      subject: `${operation.id}, where the left answers ${status}`,
    },
    { key: `operation ${operation.id} ${expect}`, subject: `${operation.id}, ${kind}` },
    ...(broken
      ? [
          {
            key: `rule ${broken.pointer} ${broken.keyword}`,
            subject: `requests whose ${broken.location} breaks ${broken.keyword}`,
            isOwn: true,
          },
        ]
      : []),
    { key: `case ${id} ${step?.name}`, subject: `${operation.id} in ${id}` },
  ];
}
