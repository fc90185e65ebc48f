import { hash } from 'node:crypto';
import type { RunReport } from '../../model/run-report.ts';
import { groupFailures } from '../content/group-failures.ts';
import type { ReportContext } from '../content/report-context.ts';
import { escapeText } from '../content/xml-element.ts';
import { coverageSection } from './coverage-section.ts';
import { failureSections } from './failure-sections.ts';
import { headSection } from './head-section.ts';
import { matrixSection } from './matrix-section.ts';
import { otherSections } from './other-sections.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/**
 * One page that needs nothing else: no request leaves it, its own policy allows no script or style but its own by their
 * digests, and where a server forbids even those it is still read and unfolded.
 */
export function formatHtml(report: RunReport, context: ReportContext): string {
  const groups = groupFailures(report);
  const policy = [
    "default-src 'none'",
    `style-src '${digestOf(style)}'`,
    `script-src '${digestOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(`${report.counts.fatal > 0 ? '✗' : '✓'} ${report.title}: contract report`)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#failures">Skip to what failed</a>
${headSection(report, groups, context)}
<main>
${failureSections(report, groups, context)}
${matrixSection(report, groups)}
${coverageSection(context)}
${otherSections(report, context)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** As a Content Security Policy names what it allows (CSP 3, section 2.3.1). */
function digestOf(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`;
}
