import { visible } from '../../../visible.ts';
import type { RunReport } from '../../model/run-report.ts';
import { saidOfLeftOut } from '../../plan/manners/manners.ts';
import { describeKnown } from '../content/baseline.ts';
import { counted } from '../content/counted.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import { paint } from '../content/paint.ts';
import type { ReportContext } from '../content/report-context.ts';
import { formatCoverage } from './coverage.ts';

/** What was not run, left behind, new and vanished, what the run saw of the document, and the sum. */
export function formatEnd(
  report: RunReport,
  groups: readonly FailureGroup[],
  context: ReportContext,
): readonly string[] {
  return [
    ...formatLeftOut(report),
    ...formatNotRun(report),
    ...formatLeftovers(report, context),
    ...formatComparison(context),
    ...formatShortfall(report, context),
    ...formatCoverage(context),
    ...formatUnseen(report),
    formatSum(report, groups, context),
  ];
}

/** That too little succeeded, and what stood in the way. */
function formatShortfall({ shortfall }: RunReport, context: ReportContext): readonly string[] {
  if (!shortfall) return [];
  const { least, operations, tried } = shortfall;
  const reached = tried - operations.length;
  const head = `${paint(context, 'red', 'FAILED')} only ${reached} of ${counted(tried, 'operation')} that were tried answered a success (--min-coverage ${least}). In the way:`;
  const reasons = Map.groupBy(operations, ({ reason }) => reason);
  const lines = [...reasons].map(([reason, list]) => {
    const names = list.map(({ operation }) => operation);
    return visible(`  ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}: ${reason}`);
  });
  return [head, ...lines];
}

function formatLeftOut({ leftOut = [] }: RunReport): readonly string[] {
  if (leftOut.length === 0) return [];
  return [
    'Left out, out of regard for the server:',
    ...leftOut.flatMap(({ include, request, why }) => [
      `  ${visible(request)}: ${visible(why)}.`,
      `      Include it with ${visible(include)}.`,
    ]),
    '',
  ];
}

function formatNotRun({ leftOut = [], notRun }: RunReport): readonly string[] {
  if (notRun.length === 0) return [];
  const told = new Set(leftOut.map(saidOfLeftOut));
  const reasons = Map.groupBy(notRun, ({ reason }) => (told.has(reason) ? 'left out, see above' : reason));
  const lines = [...reasons].map(([reason, cases]) => {
    const operations = [...new Set(cases.map(({ operation }) => operation))];
    return `  ${cases.length} of ${operations.slice(0, 4).join(', ')}${operations.length > 4 ? ', …' : ''}: ${visible(reason)}.`;
  });
  return [`Not run: ${counted(notRun.length, 'case')}`, ...lines, ''];
}

function formatLeftovers({ leftovers }: RunReport, { ledger }: ReportContext): readonly string[] {
  const alike = Map.groupBy(leftovers, ({ collection, id, reason }) => `${collection} ${id}: ${reason}`);
  const lines = [...alike].map(
    ([text, { length }]) => `  ${visible(text)}${length > 1 ? ` (${counted(length, 'time')})` : ''}`,
  );
  return [
    ...(leftovers.length === 0 ? [] : [`Left behind: ${counted(leftovers.length, 'record')}`, ...lines]),
    ...(ledger === undefined
      ? []
      : [
          `What the run made is in ${ledger}. To clean up what is left of it:`,
          `  sparring cleanup ${ledger}`,
        ]),
    ...(leftovers.length === 0 && ledger === undefined ? [] : ['']),
  ];
}

function formatUnseen({ unseen = [] }: RunReport): readonly string[] {
  if (unseen.length === 0) return [];
  return ['Not checked:', ...unseen.map((text) => `  ${visible(text)}`), ''];
}

function formatComparison({ comparison }: ReportContext): readonly string[] {
  if (!comparison) return [];
  const { fresh, known, unseen, vanished } = comparison;
  return [
    `Against the baseline: ${known.length} known, ${fresh.length} new, ${vanished.length} vanished${unseen.length > 0 ? `, ${unseen.length} not looked at` : ''}.`,
    ...fresh.map((failure) => `  new       ${visible(describeKnown(failure))}`),
    ...vanished.map((failure) => `  vanished  ${visible(describeKnown(failure))}`),
    ...(vanished.length > 0 ? ['  Take what vanished out of the baseline with --update-baseline.'] : []),
    '',
  ];
}

function formatSum(
  { aborted, counts, ended, isBailed, verdicts }: RunReport,
  groups: readonly FailureGroup[],
  context: ReportContext,
): string {
  const { assertions, cases, failed, fatal, requests } = counts;
  const unsure = verdicts.filter(
    ({ provenance }) => provenance === 'inferred' || provenance === 'default',
  ).length;
  const defects = groups.filter(({ first }) => first.fatal).length;
  const word =
    fatal > 0
      ? paint(context, 'red', `${fatal} failed, by ${counted(defects, 'defect')}`)
      : paint(context, 'green', 'none failed');
  const known = verdicts.filter(({ isKnown }) => isKnown).length;
  const noted = failed - fatal - known;
  return [
    `${counted(cases, 'case')}, ${counted(requests, 'request')}, ${counted(assertions, 'assertion')}: ${word}${known > 0 ? `, ${known} known` : ''}${noted > 0 ? `, ${noted} noted` : ''}.`,
    ...(unsure > 0 ? [` ${unsure} rest on what the document itself only infers.`] : []),
    ...(isBailed ? [' The run was ended by the first failure.'] : []),
    ...(ended ? [` ${visible(ended.because)}`] : []),
    ...(aborted && !isBailed ? [' The run was ended before its plan was.'] : []),
  ].join('');
}
