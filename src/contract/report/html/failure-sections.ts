import type { RunReport } from '../../model/run-report.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { WebhookRun } from '../../model/webhook-run.ts';
import { adviceFor } from '../content/advice-for.ts';
import { counted } from '../content/counted.ts';
import { exchangeFinder, runsById } from '../content/exchange-finder.ts';
import type { FailureGroup } from '../content/group-failures.ts';
import type { ReportContext } from '../content/report-context.ts';
import { arrivalText, requestText, responseText } from '../content/request-text.ts';
import { rerunLine } from '../content/rerun-line.ts';
import { shownPlace } from '../content/shown-place.ts';
import { html, type Markup } from './markup.ts';

/** Most failures of one defect that are shown with their messages. */
const mostOfOne = 25;

/** What a defect is called in the page's own links. */
export function anchorOf(index: number): string {
  return `defect-${index + 1}`;
}

/** Every defect by its rule; each failure unfolds to what was sent and answered. */
export function failureSections(
  report: RunReport,
  groups: readonly FailureGroup[],
  context: ReportContext,
): Markup {
  const rules = Map.groupBy(groups, ({ check, first }) =>
    JSON.stringify([check, first.fatal, first.isKnown]),
  );
  return html`<section id="failures" aria-labelledby="failures-title" tabindex="-1">
<h2 id="failures-title">What failed</h2>
${groups.length === 0 ? html`<p>Nothing did.</p>` : html`<p class="tools"><button type="button" data-unfold hidden>Unfold all</button></p>`}
${[...rules.values()].map((list) => ruleSection(list, groups, report, context))}
</section>`;
}

function ruleSection(
  list: readonly FailureGroup[],
  groups: readonly FailureGroup[],
  report: RunReport,
  context: ReportContext,
): Markup {
  const [group] = list;
  if (!group) return html``;
  const { first } = group;
  return html`<section class="rule">
<h3>${badge(first)} ${first.check} <span class="grade">${first.grade}</span></h3>
<p>${first.rule}</p>
<p class="advice"><strong>To do:</strong> ${adviceFor(first)}</p>
${list.map((each) => defect(each, groups.indexOf(each), report, context))}
</section>`;
}

export function badge({ fatal, isKnown }: Verdict): Markup {
  if (fatal) return html`<span class="badge failed">✗ failed</span>`;
  return html`<span class="badge noted">${isKnown ? '● known' : '! noted'}</span>`;
}

function defect(
  { consequences, first, verdicts }: FailureGroup,
  index: number,
  report: RunReport,
  context: ReportContext,
): Markup {
  const { evidence, operation, position } = first;
  const exchange = exchangeFinder(report)(first);
  const address = exchange ? html` <code>${exchange.request.method} ${exchange.operation.path}</code>` : '';
  const others = verdicts.filter((verdict) => verdict !== first);
  const hidden = others.length + 1 - mostOfOne;
  return html`<article class="defect" aria-labelledby="${anchorOf(index)}">
<h4 id="${anchorOf(index)}" tabindex="-1">${operation}${address}${position ? html` <span class="place">${shownPlace(position, context.folder)}</span>` : ''}</h4>
<dl class="evidence">
<div><dt>Expected</dt><dd>${evidence?.expected}</dd></div>
<div><dt>Seen</dt><dd>${evidence?.seen}</dd></div>
${consequences.length > 0 ? html`<div><dt>So too</dt><dd>${consequences.join(', ')} of the same answers</dd></div>` : ''}
</dl>
${failure(first, report, context)}
${
  others.length > 0
    ? html`<details class="more"><summary>${counted(others.length, 'more time')}</summary>
${others.slice(0, mostOfOne - 1).map((verdict) => failure(verdict, report, context))}
${hidden > 0 ? html`<p>… and ${hidden} more, which the JSON report holds.</p>` : ''}</details>`
    : ''
}
</article>`;
}

function failure(verdict: Verdict, report: RunReport, context: ReportContext): Markup {
  const { case: id, curl, evidence, operation } = verdict;
  const run = runsById(report).get(id);
  const exchanges = run?.exchanges.slice(0, (evidence?.exchange ?? 0) + 1) ?? [];
  const again = rerunLine(id, context);
  return html`<details class="failure"><summary><span class="operation">${operation}</span> ${run?.case.title ?? id}</summary>
<dl class="evidence">
<div><dt>Case</dt><dd><code>${id}</code></dd></div>
<div><dt>Expected</dt><dd>${evidence?.expected}</dd></div>
<div><dt>Seen</dt><dd>${evidence?.seen}</dd></div>
</dl>
${curl === undefined ? '' : html`<h5>See it again</h5><pre tabindex="0"><code>${curl}</code></pre>`}
${again === undefined ? '' : html`<p>Or with all that it needs:</p><pre tabindex="0"><code>${again}</code></pre>`}
${exchanges.map(
  (exchange, index) => html`<h5>${index + 1}. ${exchange.step?.name ?? exchange.operation.id}: request</h5>
<pre tabindex="0"><code>${requestText(exchange)}</code></pre>
<h5>${index + 1}. ${exchange.step?.name ?? exchange.operation.id}: answer</h5>
<pre tabindex="0"><code>${responseText(exchange)}</code></pre>`,
)}
${run?.webhook ? arrivals(run.webhook) : ''}
</details>`;
}

/** What happened in a case about webhooks, and what arrived after each checkpoint. */
function arrivals({ arrivals: all, checkpoints }: WebhookRun): Markup {
  return html`${checkpoints.map(({ expect, what }, index) => {
    const here = all.filter(({ checkpoint }) => checkpoint === index);
    return html`<h5>${what}: ${expect === 'any' ? '' : `${expect} expected, `}${here.length} arrived</h5>
${here.map((arrival) => html`<pre tabindex="0"><code>${arrivalText(arrival)}</code></pre>`)}`;
  })}`;
}
