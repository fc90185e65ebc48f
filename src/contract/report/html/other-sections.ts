import type { RunReport } from '../../model/run-report.ts';
import { saidOfLeftOut } from '../../plan/manners/manners.ts';
import { describeKnown } from '../content/baseline.ts';
import type { ReportContext } from '../content/report-context.ts';
import { html, type Markup } from './markup.ts';

/** What differs from the baseline, was not run, not planned, or left behind. */
export function otherSections(
  { gaps, leftOut = [], leftovers, notRun, shortfall, unseen = [] }: RunReport,
  { comparison }: ReportContext,
): Markup {
  return html`${part(
    'Left out, out of regard for the server',
    leftOut.map((left) => html`${saidOfLeftOut(left)}`),
  )}${part(
    'Left behind on the server',
    leftovers.map(({ collection, id, reason }) => html`<code>${collection} ${id}</code> ${reason}`),
  )}${part(
    'Never seen to succeed',
    (shortfall?.operations ?? []).map(({ operation, reason }) => html`<code>${operation}</code> ${reason}`),
  )}${part(
    'New against the baseline',
    (comparison?.fresh ?? []).map((failure) => html`${describeKnown(failure)}`),
  )}${part(
    'In the baseline, and vanished',
    (comparison?.vanished ?? []).map((failure) => html`${describeKnown(failure)}`),
  )}${part(
    'Not run',
    notRun.map(({ case: id, reason }) => html`<code>${id}</code> ${reason}`),
  )}${part(
    'Not planned',
    gaps.map(({ operation, phase, reason }) => html`<code>${operation}</code> ${phase}: ${reason}`),
  )}${part(
    'Not checked',
    unseen.map((text) => html`${text}`),
  )}`;
}

function part(title: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return html``;
  return html`<section><h2>${title} <span class="count">${items.length}</span></h2>
<details><summary>Show ${items.length}</summary><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></details></section>`;
}
