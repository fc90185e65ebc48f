import { visible } from '../../../visible.ts';
import type { RunReport } from '../../model/run-report.ts';
import { adviceFor } from '../content/advice-for.ts';
import { type FailureGroup, groupFailures } from '../content/group-failures.ts';
import { paint } from '../content/paint.ts';
import type { ReportContext } from '../content/report-context.ts';
import { formatEnd } from './end.ts';
import { formatEntry } from './entry.ts';
import { formatShort } from './short.ts';

/** As many entries of a rule are shown in full; of more, the others take one line each. */
const mostInFull = 2;

/**
 * A report for people: failures by rule, each with where the rule stands, what was expected and seen, what was sent, and how
 * to see it again; then what was left out and left behind, and the sum.
 */
export function formatTerminal(report: RunReport, context: ReportContext): string {
  const groups = groupFailures(report);
  const rules = Map.groupBy(groups, ({ check, first }) =>
    JSON.stringify([check, first.fatal, first.isKnown, first.grade]),
  );
  return [
    `${report.title} ${report.version} at ${report.target}, seed ${report.seed}`,
    ...report.notices.map((notice) => `Note: ${visible(notice)}.`),
    ...[...rules.values()].flatMap((list) => formatRule(list, report, context)),
    '',
    ...formatEnd(report, groups, context),
    '',
  ].join('\n');
}

function formatRule(
  groups: readonly FailureGroup[],
  report: RunReport,
  context: ReportContext,
): readonly string[] {
  const [group] = groups;
  if (!group) return [];
  const { first } = group;
  // Known failures are listed, not told again.
  const shown = first.isKnown ? 0 : first.fatal ? mostInFull : 1;
  const rest = groups.slice(shown);
  return [
    '',
    `${wordFor(group, context)} ${paint(context, 'bold', first.check)} (${first.grade}${reasonFor(group)})`,
    `  ${first.rule}`,
    ...(first.fatal ? [`  To do: ${adviceFor(first)}`] : []),
    ...groups.slice(0, shown).flatMap((each) => formatEntry(each, report.runs, context)),
    ...(rest.length > 0 && shown > 0 ? [''] : []),
    ...formatShort(rest, context),
  ];
}

function wordFor({ first }: FailureGroup, context: ReportContext): string {
  if (first.fatal) return paint(context, 'red', 'FAILED');
  return paint(context, 'yellow', first.isKnown ? 'KNOWN ' : 'NOTED ');
}

function reasonFor({ first: { fatal, grade, isKnown, provenance } }: FailureGroup): string {
  if (fatal) return '';
  if (isKnown) return ', does not fail the run: it is in the baseline';
  const why = grade === 'convention' ? '' : `: the document only takes it to be so (${provenance})`;
  return `, does not fail the run${why}`;
}
