import type { RunReport } from '../../model/run-report.ts';
import { counted } from '../content/counted.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import type { ReportContext } from '../content/report-context.ts';
import { shownFile } from '../content/shown-place.ts';
import { html, type Markup } from './markup.ts';

/** What was tested, and the outcome in one sentence. */
export function headSection(
  report: RunReport,
  groups: readonly FailureGroup[],
  { folder }: ReportContext,
): Markup {
  const { counts, file, seed, target, title, version } = report;
  const facts = [
    [report.unseen ? 'Receiver' : 'Server', target],
    ['Document', shownFile(file, folder)],
    ['Seed', seed],
    ['Cases', `${counts.cases}, of which ${counts.notRun} not run`],
    ['Requests', counts.requests],
    ['Assertions', counts.assertions],
  ] as const;
  return html`<header>
<p class="eyebrow">${report.unseen ? 'Receiver' : 'Contract'} report</p>
<h1>${title} <span class="version">${version}</span></h1>
<p class="outcome ${counts.fatal > 0 || report.shortfall ? 'failed' : 'passed'}" role="status">${outcomeOf(report, groups)}</p>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${report.notices.length > 0 ? html`<ul class="notices">${report.notices.map((notice) => html`<li>${notice}.</li>`)}</ul>` : ''}
</header>`;
}

function outcomeOf(
  { aborted, counts, ended, isBailed, shortfall, verdicts }: RunReport,
  groups: readonly FailureGroup[],
): string {
  const { failed, fatal } = counts;
  const defects = groups.filter(({ first }) => first.fatal).length;
  const sum =
    fatal > 0
      ? `✗ ${counted(fatal, 'assertion')} failed, by ${counted(defects, 'defect')}.`
      : '✓ Nothing failed.';
  const known = verdicts.filter(({ isKnown }) => isKnown).length;
  const noted = failed - fatal - known;
  return [
    sum,
    ...(known > 0 ? [`${known} known by the baseline.`] : []),
    ...(noted > 0 ? [`${noted} more noted, which do not fail the run.`] : []),
    ...(shortfall
      ? [
          `Only ${shortfall.tried - shortfall.operations.length} of ${counted(shortfall.tried, 'operation')} that were tried answered a success, which fails the run.`,
        ]
      : []),
    ...(isBailed ? ['The run was ended by the first failure.'] : []),
    ...(ended ? [ended.because] : []),
    ...(aborted && !isBailed ? ['The run was ended before its plan was.'] : []),
  ].join(' ');
}
