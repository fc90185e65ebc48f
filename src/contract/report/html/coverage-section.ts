import type { ReportContext } from '../content/report-context.ts';
import { shownPlace } from '../content/shown-place.ts';
import type { KindCoverage } from '../coverage/coverage-of.ts';
import { html, type Markup } from './markup.ts';

/** What the run saw of the document and, unfolded, what it never witnessed. */
export function coverageSection({ coverage, folder }: ReportContext): Markup {
  if (!coverage) return html``;
  const { vacuous } = coverage;
  return html`<section aria-labelledby="coverage-title">
<h2 id="coverage-title">What the run saw of the document</h2>
${coverage.kinds.filter(({ total }) => total > 0).map((kind) => kindPart(kind, folder))}
${
  vacuous.length === 0
    ? ''
    : html`<h3>Passed without having been put to the test</h3>
<ul>${vacuous.map(({ kind, name, reason }) => html`<li><code>${name}</code> <span class="grade">${kind}</span> ${reason}</li>`)}</ul>`
}
</section>`;
}

function kindPart({ never, seen, title, total }: KindCoverage, folder: string): Markup {
  const head = html`<meter min="0" max="${total}" value="${seen}">${seen} of ${total}</meter> <span class="share">${seen} of ${total}</span> ${title}`;
  if (never.length === 0) return html`<p class="kind">${head}</p>`;
  return html`<details class="kind"><summary>${head}; ${never.length} never</summary>
<ul class="never">${never.map(
    ({ name, position }) =>
      html`<li><code>${name}</code>${position ? html` <span class="place">${shownPlace(position, folder)}</span>` : ''}</li>`,
  )}</ul></details>`;
}
