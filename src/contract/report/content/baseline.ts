import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import { type ExchangeFinder, exchangeFinder, runsById } from './exchange-finder.ts';

/** A failure as a baseline knows it: the same for every seed, since it names no case, id or value. */
export interface KnownFailure {
  readonly check: string;
  readonly operation: string;
  /** What should have become of the request: `accepted`, `refused`, … */
  readonly request: string;
  /** The status that came instead, or why there was no answer. */
  readonly answer: number | string;
  /** Where in the message; `*` stands for any index. */
  readonly location?: string;
}

/** How the failures of a run differ from those that were known. */
export interface BaselineComparison {
  readonly known: readonly KnownFailure[];
  readonly fresh: readonly KnownFailure[];
  /** Known, looked for in this run, and not there any more. */
  readonly vanished: readonly KnownFailure[];
  /** Known, and not looked for in this run. */
  readonly unseen: readonly KnownFailure[];
}

/** Takes what a baseline knows out of what fails the run, and says what is new and what vanished. */
export function applyBaseline(
  report: RunReport,
  baseline: readonly KnownFailure[],
): { readonly report: RunReport; readonly comparison: BaselineComparison } {
  const find = exchangeFinder(report);
  const knownTexts = new Set(baseline.map(textOf));
  const failures = report.verdicts.filter(({ fatal }) => fatal);
  const now = distinct(failures.map((verdict) => failureOf(verdict, find)));
  const nowTexts = new Set(now.map(textOf));
  const judged = judgedIn(report);
  const missing = baseline.filter((failure) => !nowTexts.has(textOf(failure)));
  const wasJudged = ({ check, operation, request }: KnownFailure) =>
    judged.has(JSON.stringify([check, operation, request]));
  const verdicts = report.verdicts.map((verdict) =>
    verdict.fatal && knownTexts.has(textOf(failureOf(verdict, find)))
      ? { ...verdict, fatal: false, isKnown: true }
      : verdict,
  );
  const fatal = verdicts.filter((verdict) => verdict.fatal).length;
  return {
    report: { ...withKnownShortfall(report, verdicts), verdicts, counts: { ...report.counts, fatal } },
    comparison: {
      known: now.filter((failure) => knownTexts.has(textOf(failure))),
      fresh: now.filter((failure) => !knownTexts.has(textOf(failure))),
      vanished: missing.filter(wasJudged),
      unseen: missing.filter((failure) => !wasJudged(failure)),
    },
  };
}

/** An operation whose failures are known is known not to succeed. */
function withKnownShortfall(report: RunReport, verdicts: readonly Verdict[]): RunReport {
  const { shortfall, ...others } = report;
  if (!shortfall) return report;
  const known = new Set(verdicts.flatMap(({ isKnown, operation }) => (isKnown ? [operation] : [])));
  const operations = shortfall.operations.filter(({ operation }) => !known.has(operation));
  const tried = shortfall.tried - (shortfall.operations.length - operations.length);
  const share = tried === 0 ? 1 : 1 - operations.length / tried;
  return share >= shortfall.least
    ? others
    : { ...others, shortfall: { ...shortfall, operations, share, tried } };
}

/** Which checks judged which operations, by what should have become of the requests. */
function judgedIn(report: RunReport): ReadonlySet<string> {
  const runs = runsById(report);
  const keys = report.verdicts.flatMap(({ case: id, check, operation }) =>
    (runs.get(id)?.exchanges ?? []).flatMap((exchange) =>
      exchange.operation.id === operation ? [JSON.stringify([check, operation, exchange.expect])] : [],
    ),
  );
  return new Set(keys);
}

/** The baseline after a run: what failed in it, and what it did not look at. */
export function updatedBaseline({ fresh, known, unseen }: BaselineComparison): readonly KnownFailure[] {
  return [...known, ...fresh, ...unseen].toSorted((one, other) => compare(textOf(one), textOf(other)));
}

/** `negative-refused of createCustomer at body/email: answered 201` */
export function describeKnown({ answer, check, location, operation }: KnownFailure): string {
  return `${check} of ${operation}${location === undefined ? '' : ` at ${location}`}: answered ${answer}`;
}

/** The key by which the baseline knows a failed verdict. */
export function failureOf(verdict: Verdict, find: ExchangeFinder): KnownFailure {
  const { check, evidence, operation } = verdict;
  const exchange = find(verdict);
  const location = evidence?.location?.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  return {
    check,
    operation,
    request: exchange?.expect ?? 'any',
    answer: exchange?.response?.status ?? exchange?.failure?.kind ?? 'nothing',
    ...(location !== undefined && { location }),
  };
}

function textOf({ answer, check, location, operation, request }: KnownFailure): string {
  return JSON.stringify([check, operation, location, request, answer]);
}

function distinct(failures: readonly KnownFailure[]): readonly KnownFailure[] {
  return [...new Map(failures.map((failure) => [textOf(failure), failure])).values()];
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
