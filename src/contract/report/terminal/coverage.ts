import { visible } from '../../../visible.ts';
import type { ReportContext } from '../content/report-context.ts';
import { shownPlace } from '../content/shown-place.ts';
import type { KindCoverage, Unwitnessed } from '../coverage/coverage-of.ts';
import type { Vacuous } from '../coverage/vacuous.ts';

/** Most things that a short summary names as never seen. */
const mostNamed = 3;

/** Most entries that are shown for one reason. */
const mostTogether = 5;

/** How much of the document the run saw: a line a kind, with the first things that it never did; all of them when asked. */
export function formatCoverage(context: ReportContext): readonly string[] {
  const { coverage, isCoverageWhole, isNarrowed } = context;
  // Of a run that was to see a part only, all the rest is no news.
  if (!coverage || (isNarrowed && !isCoverageWhole)) return [];
  const kinds = coverage.kinds.filter(({ total }) => total > 0);
  const width = Math.max(0, ...kinds.map(({ title }) => title.length));
  const alike = Map.groupBy(coverage.vacuous, ({ reason }) => reason);
  const vacuous = [...alike].map(([reason, list]) => visible(`${namesOf(list, isCoverageWhole)}: ${reason}`));
  const shown = isCoverageWhole ? vacuous : vacuous.slice(0, mostNamed);
  const hidden = vacuous.length - shown.length;
  return [
    'Of the document:',
    ...kinds.flatMap((kind) => formatKind(kind, width, context)),
    ...(shown.length > 0 ? ['Passed without having been put to the test:'] : []),
    ...shown.map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  … and ${hidden} more; --coverage names them all`] : []),
    '',
  ];
}

function namesOf(list: readonly Vacuous[], isWhole: boolean | undefined): string {
  const names = list.map(({ name }) => name);
  const hidden = isWhole ? 0 : names.length - mostTogether;
  return hidden > 0 ? `${names.slice(0, mostTogether).join(', ')} and ${hidden} more` : names.join(', ');
}

function formatKind(
  { never, seen, title, total }: KindCoverage,
  width: number,
  context: ReportContext,
): readonly string[] {
  const sum = `  ${title.padEnd(width)}  ${`${seen} of ${total}`.padEnd(12)}`;
  if (never.length === 0) return [sum.trimEnd()];
  if (context.isCoverageWhole)
    return [sum.trimEnd(), ...never.map((each) => `    never: ${named(each, context)}`)];
  const first = never.slice(0, mostNamed).map(({ name }) => visible(name));
  return [`${sum}never: ${first.join('; ')}${never.length > mostNamed ? '; …' : ''}`];
}

function named({ name, position }: Unwitnessed, { folder }: ReportContext): string {
  return `${visible(name)}${position ? `  ${shownPlace(position, folder)}` : ''}`;
}
