import { visible } from '../../visible.ts';
import { counted } from '../report/content/counted.ts';
import { paint } from '../report/content/paint.ts';
import type { ReportContext } from '../report/content/report-context.ts';
import { shownPlace } from '../report/content/shown-place.ts';
import type { CompareReport, DifferenceGroup } from './compare-report.ts';

/** Most operations that are named. */
const mostNamed = 4;

/** Differences for people: one entry for each cause, with its place in the document and how to see it on both sides. */
export function formatDifferences(report: CompareReport, context: ReportContext): string {
  const { aborted, counts, groups, leftovers, notCompared, seed, targets, title, version } = report;
  const word =
    groups.length === 0
      ? paint(context, 'green', 'no differences')
      : paint(context, 'red', counted(groups.length, 'difference'));
  return [
    `${title} ${version}, seed ${seed}`,
    `  left   ${targets.left}`,
    `  right  ${targets.right}`,
    ...groups.flatMap((group) => formatGroup(group, context)),
    '',
    ...(notCompared.length === 0 ? [] : ['Not compared, or not to the end:']),
    ...notCompared.map(
      ({ cases, reason, side }) => `  ${counted(cases.length, 'case')} on the ${side}: ${visible(reason)}.`,
    ),
    ...(leftovers.length === 0 ? [] : ['Left behind:']),
    ...leftovers.map(
      ({ collection, id, reason, side }) => `  on the ${side}, ${collection} ${id}: ${visible(reason)}`,
    ),
    ...(notCompared.length + leftovers.length === 0 ? [] : ['']),
    `${counted(counts.answers, 'answer')} compared: ${word}.${aborted ? ' The run was ended before its plan was.' : ''}`,
    '',
  ].join('\n');
}

function formatGroup(group: DifferenceGroup, context: ReportContext): readonly string[] {
  const { curls, differences, first, position } = group;
  const lines = [
    ['left', first.left],
    ['right', first.right],
    ['where', `${first.location} of ${first.operation}, ${first.case}`],
    ['left', curls.left],
    ['right', curls.right],
    ...(differences.length > 1 ? [['also', others(group)]] : []),
  ];
  const place = position ? `  ${shownPlace(position, context.folder)}` : '';
  return [
    '',
    `${paint(context, 'red', 'DIFFERS')} ${first.kind}  ${paint(context, 'bold', visible(first.subject))}${place}`,
    ...lines.map(
      ([name = '', text = '']) => `    ${paint(context, 'dim', name.padEnd(5))}  ${visible(text)}`,
    ),
  ];
}

function others({ differences }: DifferenceGroup): string {
  const operations = [...new Set(differences.slice(1).map(({ operation }) => operation))];
  const more = operations.length > mostNamed ? ', …' : '';
  return `${counted(differences.length - 1, 'more time')}, in ${operations.slice(0, mostNamed).join(', ')}${more}`;
}
