import type { RunReport } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import { saidOfLeftOut } from '../plan/manners/manners.ts';
import { adviceFor } from './content/advice-for.ts';
import { commandNameOf } from './content/command-name-of.ts';
import { type FailureGroup, groupFailures } from './content/group-failures.ts';
import type { ReportContext } from './content/report-context.ts';
import { shownFile } from './content/shown-place.ts';

/** Workflow commands of GitHub Actions: an annotation for each defect, at the line of the document. */
export function formatGithub(report: RunReport, context: ReportContext): string {
  const lines = groupFailures(report).map((group) => annotation(group, context));
  const { assertions, fatal } = report.counts;
  const left = (report.leftOut ?? []).map((each) =>
    command('notice', { title: `left out: ${each.operation}` }, saidOfLeftOut(each)),
  );
  const sum = `${report.title}: ${assertions} assertions, ${fatal} failed.`;
  const title = `sparring ${commandNameOf(report)}`;
  const unseen = (report.unseen ?? []).map((text) => command('notice', { title: 'Not checked' }, text));
  return `${[...lines, ...left, ...unseen, command('notice', { title }, sum)].join('\n')}\n`;
}

function annotation({ first, verdicts }: FailureGroup, { folder }: ReportContext): string {
  const { check, curl, evidence, operation, position, rule } = first;
  const message = [
    rule,
    `expected: ${evidence?.expected ?? ''}`,
    `seen: ${evidence?.seen ?? ''}`,
    ...(verdicts.length > 1 ? [`${verdicts.length} times in all`] : []),
    adviceFor(first),
    ...(curl === undefined ? [] : [curl]),
  ].join('\n');
  const isFile = position !== undefined && !position.file.startsWith('<');
  return command(
    levelOf(first),
    {
      ...(isFile && {
        file: shownFile(position.file, folder),
        line: position.line,
        col: position.column,
      }),
      title: `${check}: ${operation}`,
    },
    message,
  );
}

function levelOf({ fatal, grade, isKnown }: Verdict): string {
  if (fatal) return 'error';
  return grade === 'convention' || isKnown ? 'notice' : 'warning';
}

/** `::error file=a,line=1::text`, escaped as the runner reads it (actions/toolkit, command.ts). */
function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${written.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
