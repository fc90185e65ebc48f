import { checks } from '../../checks/index.ts';
import { receiverChecks } from '../../checks/receivers/index.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import { type ExchangeFinder, exchangeFinder } from './exchange-finder.ts';

/** Failed verdicts that show the same defect: one rule, and one fact of the document or one operation. */
export interface FailureGroup {
  readonly check: string;
  /** The one with the smallest request, which reports show. */
  readonly first: Verdict;
  readonly verdicts: readonly Verdict[];
  /** Other checks that the same answers fail, since they should have been others altogether. */
  readonly consequences: readonly string[];
}

/** Where the answer as a whole is not what the request deserves, nothing else that is wrong with it tells more; the first of these tells most. */
const roots: readonly string[] = [
  'answers',
  'no-server-error',
  'authentication-enforced',
  'negative-refused',
  'unsupported-media-type',
  'method-not-allowed',
  'positive-accepted',
];
/** Roots whose status is part of the defect. */
const byStatus: readonly string[] = ['answers', 'no-server-error'];
/** Checks whose conventions are habits of a server, not of one of its operations. */
const ofServers: ReadonlySet<string> = new Set(['media-type', 'method-not-allowed', 'status-documented']);
/** As many facts of one operation are told one by one; more become one group. */
const mostFacts = 3;

/** Failures by defect: those that fail the run first, then the most telling checks, then the most frequent. Without the runs, the first request stands for the smallest. */
export function groupFailures(
  report: Pick<RunReport, 'verdicts'> & Partial<Pick<RunReport, 'runs'>>,
): readonly FailureGroup[] {
  const find = exchangeFinder(report);
  const failures = report.verdicts.filter(({ outcome }) => outcome === 'failed');
  const { consequences, told } = foldConsequences(failures);
  const byFact = Map.groupBy(told, (verdict) => keyOf(verdict, find));
  const groups = mergeFacts([...byFact.values()], find).flatMap((verdicts) => {
    const first = smallest(verdicts, find);
    if (!first) return [];
    const others = new Set(verdicts.flatMap((verdict) => consequences.get(answerOf(verdict)) ?? []));
    return [{ check: first.check, first, verdicts, consequences: [...others] }];
  });
  return groups.toSorted(compareGroups);
}

function compareGroups(one: FailureGroup, other: FailureGroup): number {
  return (
    rankOf(one.first) - rankOf(other.first) ||
    orderOf(one.check) - orderOf(other.check) ||
    other.verdicts.length - one.verdicts.length
  );
}

function rankOf({ fatal, isKnown }: Verdict): number {
  if (fatal) return 0;
  return isKnown ? 2 : 1;
}

function orderOf(check: string): number {
  const order = [...roots, ...[...checks, ...receiverChecks].map(({ id }) => id)];
  const index = order.indexOf(check);
  return index < 0 ? order.length : index;
}

function answerOf({ case: id, evidence }: Verdict): string {
  return `${id} ${evidence?.exchange}`;
}

/** Takes out what only follows from an answer that should have been another one. */
function foldConsequences(failures: readonly Verdict[]) {
  const consequences = new Map<string, readonly string[]>();
  const told = [...Map.groupBy(failures, answerOf)].flatMap(([answer, verdicts]) => {
    const root = roots
      .map((id) => verdicts.find(({ check, fatal }) => fatal && check === id))
      .find((verdict) => verdict !== undefined);
    if (!root) return verdicts;
    const others = verdicts.filter(({ check }) => check !== root.check);
    consequences.set(answer, [...new Set(others.map(({ check }) => check))]);
    return verdicts.filter(({ check }) => check === root.check);
  });
  return { consequences, told };
}

/** What shared parts of the document say is one fact, wherever it is used; all else is its operation's own. */
function keyOf(verdict: Verdict, find: ExchangeFinder): string {
  const { evidence, operation } = verdict;
  const pointer = evidence?.pointer ?? '';
  const location = evidence?.location?.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  // What a whole server does otherwise than is usual is one thing, on however many operations.
  if (verdict.grade === 'convention' && ofServers.has(verdict.check))
    return JSON.stringify([...kindOf(verdict, find), find(verdict)?.response?.status]);
  const isShared = pointer.startsWith('#/components/');
  const where = isShared ? pointer : `${operation} ${pointer}`;
  return JSON.stringify([...kindOf(verdict, find), where, isShared ? '' : location]);
}

function kindOf(verdict: Verdict, find: ExchangeFinder): readonly unknown[] {
  const { check, fatal, grade, isKnown } = verdict;
  const exchange = find(verdict);
  const status = exchange?.response?.status ?? exchange?.failure?.kind;
  return [check, grade, fatal, isKnown, byStatus.includes(check) ? status : undefined];
}

/** A server that checks nothing breaks each rule of an operation; that is one defect. */
function mergeFacts(
  groups: readonly (readonly Verdict[])[],
  find: ExchangeFinder,
): readonly (readonly Verdict[])[] {
  const alike = Map.groupBy(groups, (verdicts) => {
    const [first] = verdicts;
    const operations = [...new Set(verdicts.map(({ operation }) => operation))];
    return JSON.stringify([...(first ? kindOf(first, find) : []), operations]);
  });
  return [...alike.values()].flatMap((list) => (list.length > mostFacts ? [list.flat()] : list));
}

function smallest(verdicts: readonly Verdict[], find: ExchangeFinder): Verdict | undefined {
  const size = (verdict: Verdict) => {
    const request = find(verdict)?.request;
    return (request?.body?.length ?? 0) + (request?.url.length ?? 0);
  };
  return verdicts.reduce<Verdict | undefined>(
    (least, verdict) => (least && size(least) <= size(verdict) ? least : verdict),
    undefined,
  );
}
