import type { RunReport } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import { commandNameOf } from './content/command-name-of.ts';
import type { ReportContext } from './content/report-context.ts';
import { shownFile, shownPlace } from './content/shown-place.ts';
import { escapeText, xmlElement } from './content/xml-element.ts';

/**
 * JUnit XML as CI servers read it (the schema of Jenkins' xUnit plugin): a suite for each operation, a test case for each
 * case and check. What is noted, and does not fail the run, passes and says so.
 */
export function formatJunit(report: RunReport, context: ReportContext): string {
  const suites = Map.groupBy(entriesOf(report, context), ({ operation }) => operation);
  const written = [...suites].map(([operation, entries]) => suiteOf(operation, entries, report, context));
  const all = [...suites.values()].flat();
  const root = xmlElement(
    'testsuites',
    { name: `sparring ${commandNameOf(report)} ${report.api}`, ...countsOf(all) },
    ['\n', ...written],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

interface Entry {
  readonly operation: string;
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly children: readonly string[];
}

function entriesOf(report: RunReport, context: ReportContext): readonly Entry[] {
  const judged = Map.groupBy(report.verdicts, ({ case: id, check, operation }) =>
    JSON.stringify([operation, id, check]),
  );
  const skipped = report.notRun.map(
    ({ case: id, operation, reason }): Entry => ({
      operation,
      name: id,
      state: 'skipped',
      children: [xmlElement('skipped', { message: reason })],
    }),
  );
  return [
    ...[...judged.values()].flatMap((verdicts) => entryOf(verdicts, context)),
    ...skipped,
    ...shortfallEntry(report),
  ];
}

/** Too little that succeeded is a failure like others. */
function shortfallEntry({ shortfall }: RunReport): readonly Entry[] {
  if (!shortfall) return [];
  const { least, operations, share } = shortfall;
  const message = `only ${Math.round(share * 100)} % of the operations that were tried answered a success; ${least * 100} % must`;
  const text = operations.map(({ operation, reason }) => `${operation}: ${reason}`).join('\n');
  return [
    {
      operation: 'all',
      name: 'coverage',
      state: 'failed',
      children: [xmlElement('failure', { message, type: 'min-coverage' }, [escapeText(text)])],
    },
  ];
}

function entryOf(verdicts: readonly Verdict[], context: ReportContext): readonly Entry[] {
  const [first] = verdicts;
  if (!first) return [];
  const failures = verdicts.filter(({ fatal }) => fatal);
  const notes = verdicts.filter(({ fatal, outcome }) => outcome === 'failed' && !fatal);
  const [failure] = failures;
  const text = failures.map((verdict) => describe(verdict, context)).join('\n\n');
  const noted = notes.map((verdict) => `${noteOf(verdict)}\n${describe(verdict, context)}`).join('\n\n');
  return [
    {
      operation: first.operation,
      name: `${first.case} · ${first.check}`,
      state: failure ? 'failed' : 'passed',
      children: [
        ...(failure
          ? [xmlElement('failure', { message: summary(failure), type: failure.check }, [escapeText(text)])]
          : []),
        ...(noted === '' ? [] : [xmlElement('system-out', {}, [escapeText(noted)])]),
      ],
    },
  ];
}

function noteOf({ grade, isKnown, provenance }: Verdict): string {
  if (isKnown) return 'Known: it is in the baseline.';
  return grade === 'convention'
    ? 'Noted: a convention.'
    : `Noted: the document only infers it (${provenance}).`;
}

function summary({ evidence, rule }: Verdict): string {
  return evidence ? `expected ${evidence.expected}; seen ${evidence.seen}` : rule;
}

function describe({ curl, evidence, position, rule }: Verdict, { folder }: ReportContext): string {
  return [
    rule,
    `expected: ${evidence?.expected ?? ''}`,
    `seen: ${evidence?.seen ?? ''}`,
    ...(position ? [`document: ${shownPlace(position, folder)}`] : []),
    ...(curl === undefined ? [] : [`again: ${curl}`]),
  ].join('\n');
}

function suiteOf(
  operation: string,
  entries: readonly Entry[],
  { file, seed, target, unseen = [], version }: RunReport,
  { folder }: ReportContext,
): string {
  const facts = { document: shownFile(file, folder), version, target, seed };
  const all = [...Object.entries(facts), ...unseen.map((text) => ['not checked', text] as const)];
  const properties = all.map(([name, value]) => xmlElement('property', { name, value }));
  const cases = entries.map(({ children, name }) =>
    xmlElement('testcase', { name, classname: operation, time: 0 }, children),
  );
  return `${xmlElement('testsuite', { name: operation, ...countsOf(entries) }, [
    '\n',
    xmlElement('properties', {}, properties),
    '\n',
    ...cases.flatMap((line) => [line, '\n']),
  ])}\n`;
}

function countsOf(entries: readonly Entry[]) {
  const count = (state: Entry['state']) => entries.filter((entry) => entry.state === state).length;
  return { tests: entries.length, failures: count('failed'), errors: 0, skipped: count('skipped'), time: 0 };
}
