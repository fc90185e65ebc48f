import { checks } from '../../checks/index.ts';
import { receiverChecks } from '../../checks/receivers/index.ts';
import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import { counted } from '../content/counted.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import { anchorOf } from './failure-sections.ts';
import { html, type Markup } from './markup.ts';

/** Operations by checks: what was judged how often, and with which outcome; a failed cell leads to its failure. */
export function matrixSection(report: RunReport, groups: readonly FailureGroup[]): Markup {
  const cells = Map.groupBy(report.verdicts, ({ check, operation }) => `${check} ${operation}`);
  const judged = new Set(report.verdicts.map(({ check }) => check));
  const order = new Map([...checks, ...receiverChecks].map(({ id }, index) => [id, index]));
  const columns = [...judged].toSorted((one, other) => (order.get(one) ?? 99) - (order.get(other) ?? 99));
  const called = report.runs.map((run) => run.case.operation.id);
  const rows = [...new Set([...called, ...report.verdicts.map(({ operation }) => operation)])];
  return html`<section aria-labelledby="matrix-title">
<h2 id="matrix-title">Operations by checks</h2>
<div class="scroll" role="region" aria-labelledby="matrix-title" tabindex="0">
<table class="matrix">
<caption>How often each check judged each operation. ✓ all passed, ! noted, ✗ failed; – had nothing to judge.</caption>
<thead><tr><th scope="col">Operation</th>${columns.map((check) => html`<th scope="col"><span>${check}</span></th>`)}</tr></thead>
<tbody>${rows.map(
    (operation) => html`<tr><th scope="row">${operation}</th>${columns.map((check) =>
      cell(cells.get(`${check} ${operation}`) ?? [], groups, check, operation),
    )}</tr>
`,
  )}</tbody>
</table>
</div>
</section>`;
}

function cell(
  verdicts: readonly Verdict[],
  groups: readonly FailureGroup[],
  check: string,
  operation: string,
): Markup {
  if (verdicts.length === 0)
    return html`<td class="none" aria-label="${check} had nothing to judge on ${operation}">–</td>`;
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed');
  const isFatal = failed.some(({ fatal }) => fatal);
  const [first] = failed;
  if (!first)
    return html`<td class="passed" title="${counted(verdicts.length, 'pass', 'passes')}">✓ ${verdicts.length}</td>`;
  const index = groups.findIndex(({ verdicts: told }) =>
    told.some((each) => each.case === first.case && each.evidence?.exchange === first.evidence?.exchange),
  );
  const shown = html`${isFatal ? '✗' : '!'} ${failed.length}/${verdicts.length}`;
  const title = `${failed.length} of ${verdicts.length} failed: ${check} on ${operation}`;
  return html`<td class="${isFatal ? 'failed' : 'noted'}">${
    index < 0 ? shown : html`<a href="#${anchorOf(index)}" aria-label="${title}">${shown}</a>`
  }</td>`;
}
