import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Position } from '../../openapi/document.ts';
import type { RunReport, Verdict } from '../types.ts';
import { type FailureGroup, groupFailures } from './group-failures.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Files are named relative to it. */
  readonly folder: string;
  /** How many groups of failures are shown in full; default 30. */
  readonly most?: number;
}

/** A report for people: failures by rule, each with where the rule stands, what was expected and seen, and how to see it again. */
export function formatTerminal(report: RunReport, options: TerminalOptions): string {
  const { most = 30 } = options;
  const groups = groupFailures(report);
  const byCheck = Map.groupBy(
    groups.slice(0, most),
    ({ check, first }) => `${check} ${first.fatal} ${first.grade}`,
  );
  const hidden = groups.length - most;
  return [
    `${report.title} ${report.version} at ${report.target}, seed ${report.seed}`,
    ...[...byCheck.values()].flatMap((list) => formatRule(list, options)),
    ...(hidden > 0 ? ['', `… and ${hidden} more kinds of failures.`] : []),
    '',
    ...formatNotRun(report),
    ...formatLeftovers(report),
    formatSummary(report, options),
  ].join('\n');
}

function formatRule(groups: readonly FailureGroup[], options: TerminalOptions): readonly string[] {
  const [group] = groups;
  if (!group) return [];
  const { check, fatal, grade, rule } = group.first;
  const word = fatal ? paint(options, 'red', 'FAILED') : paint(options, 'yellow', 'NOTED');
  const why = fatal
    ? ''
    : `, does not fail the run${grade === 'convention' ? '' : `: the document only takes it to be so (${group.first.provenance})`}`;
  return [
    '',
    `${word} ${paint(options, 'bold', check)} (${grade}${why})`,
    `  ${rule}`,
    ...groups.flatMap((each) => formatGroup(each, options)),
  ];
}

export function formatGroup({ first, verdicts }: FailureGroup, options: TerminalOptions): readonly string[] {
  const { curl, evidence, operation, position } = first;
  return [
    '',
    `  ${paint(options, 'bold', operation)}${position ? `  ${place(position, options)}` : ''}`,
    `    expected  ${evidence?.expected ?? ''}`,
    `    seen      ${evidence?.seen ?? ''}`,
    `    case      ${first.case}`,
    ...(curl === undefined ? [] : [`    again     ${curl}`]),
    ...(verdicts.length > 1 ? [`    also      ${others(verdicts)}`] : []),
  ];
}

function others(verdicts: readonly Verdict[]): string {
  const operations = [...new Set(verdicts.slice(1).map(({ operation }) => operation))];
  const named = operations.slice(0, 6).join(', ');
  const more = operations.length > 6 ? ', …' : '';
  return `${verdicts.length - 1} more times, in ${named}${more}`;
}

function place({ column, file, line }: Position, { folder }: TerminalOptions): string {
  return `${file.startsWith('<') ? file : relative(folder, file)}:${line}:${column}`;
}

function formatNotRun({ notRun }: RunReport): readonly string[] {
  if (notRun.length === 0) return [];
  const reasons = Map.groupBy(notRun, ({ reason }) => reason);
  const lines = [...reasons].map(([reason, cases]) => {
    const operations = [...new Set(cases.map(({ operation }) => operation))];
    return `  ${cases.length} of ${operations.slice(0, 4).join(', ')}${operations.length > 4 ? ', …' : ''}: ${reason}.`;
  });
  return [`Not run: ${counted(notRun.length, 'case')}`, ...lines, ''];
}

function formatLeftovers({ leftovers }: RunReport): readonly string[] {
  if (leftovers.length === 0) return [];
  const lines = leftovers.map(({ collection, id, reason }) => `  ${collection} ${id}: ${reason}`);
  return [`Left behind: ${counted(leftovers.length, 'record')}`, ...lines, ''];
}

function formatSummary({ aborted, counts, verdicts }: RunReport, options: TerminalOptions): string {
  const { assertions, cases, failed, fatal, requests } = counts;
  const unsure = verdicts.filter(
    ({ provenance }) => provenance === 'inferred' || provenance === 'default',
  ).length;
  const noted = failed - fatal;
  const word = fatal > 0 ? paint(options, 'red', `${fatal} failed`) : paint(options, 'green', 'none failed');
  return [
    `${counted(cases, 'case')}, ${counted(requests, 'request')}, ${counted(assertions, 'assertion')}: ${word}${noted > 0 ? `, ${noted} noted` : ''}.`,
    ...(unsure > 0 ? [` ${unsure} rest on what the document itself only infers.`] : []),
    ...(aborted ? [' The run was ended before its plan was.'] : []),
  ].join('');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function paint({ color }: TerminalOptions, style: 'bold' | 'green' | 'red' | 'yellow', text: string): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}
