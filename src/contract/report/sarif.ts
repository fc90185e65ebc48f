import { version } from '../../version.ts';
import { checks } from '../checks/index.ts';
import { receiverChecks } from '../checks/receivers/index.ts';
import type { Grade } from '../model/grade.ts';
import type { RunReport } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import { saidOfLeftOut } from '../plan/manners/manners.ts';
import { adviceFor } from './content/advice-for.ts';
import { failureOf } from './content/baseline.ts';
import { type ExchangeFinder, exchangeFinder } from './content/exchange-finder.ts';
import { type FailureGroup, groupFailures } from './content/group-failures.ts';
import type { ReportContext } from './content/report-context.ts';
import { shownFile } from './content/shown-place.ts';

const levels: Readonly<Record<Grade, 'error' | 'warning' | 'note'>> = {
  contract: 'error',
  rfc: 'error',
  convention: 'note',
};

/** SARIF 2.1.0 (OASIS): a result for each defect, at the line of the document that says otherwise. */
export function formatSarif(report: RunReport, context: ReportContext): string {
  const groups = groupFailures(report);
  const rules = rulesOf(report);
  const find = exchangeFinder(report);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sparring', semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !report.aborted,
            toolExecutionNotifications: [
              ...(report.leftOut ?? []).map((left) => `${saidOfLeftOut(left)}.`),
              ...(report.unseen ?? []).map((text) => `Not checked: ${text}`),
            ].map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        results: groups.map((group) => resultOf(group, rules, find, context)),
        properties: { api: report.api, target: report.target, seed: report.seed },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

type Rule = Pick<Verdict, 'check' | 'rule' | 'grade'>;

/** One rule for each check that judged, as it is graded at most. */
function rulesOf({ verdicts }: RunReport): readonly Rule[] {
  const known = new Map<string, Rule>(
    [...checks, ...receiverChecks].map(({ grade, id, rule }) => [id, { check: id, grade, rule }]),
  );
  const used = new Map(verdicts.map((verdict) => [verdict.check, known.get(verdict.check) ?? verdict]));
  return [...used.values()];
}

function ruleOf({ check, grade, rule }: Rule) {
  return {
    id: check,
    name: check.replaceAll(/(?:^|-)([a-z])/g, (_, webhook: string) => webhook.toUpperCase()),
    shortDescription: { text: rule },
    fullDescription: { text: rule },
    help: { text: adviceFor({ check }) },
    defaultConfiguration: { level: levels[grade] },
    properties: { grade },
  };
}

function resultOf(
  { consequences, first, verdicts }: FailureGroup,
  rules: readonly Rule[],
  find: ExchangeFinder,
  context: ReportContext,
) {
  const { case: id, check, curl, evidence, grade, isKnown, operation, provenance } = first;
  const known = failureOf(first, find);
  return {
    ruleId: check,
    ruleIndex: rules.findIndex((rule) => rule.check === check),
    level: levelOf(first),
    message: {
      text: `${operation}: expected ${evidence?.expected ?? 'the rule to be kept'}; seen ${evidence?.seen ?? 'otherwise'}.`,
    },
    locations: [locationOf(first, context)],
    occurrenceCount: verdicts.length,
    partialFingerprints: {
      'sparring/v1': [check, operation, known.location, known.request, known.answer].join(' '),
    },
    ...(context.comparison && { baselineState: isKnown ? 'unchanged' : 'new' }),
    ...(isKnown && { suppressions: [{ kind: 'external', justification: 'It is in the baseline.' }] }),
    properties: { case: id, grade, provenance, curl, consequences },
  };
}

function levelOf({ fatal, grade, isKnown }: Verdict): string {
  if (fatal || isKnown) return levels[grade];
  return grade === 'convention' ? 'note' : 'warning';
}

function locationOf({ operation, position }: Verdict, { folder }: ReportContext) {
  const logicalLocations = [{ fullyQualifiedName: operation, kind: 'function' }];
  if (!position || position.file.startsWith('<')) return { logicalLocations };
  const path = shownFile(position.file, folder).replaceAll('\\', '/');
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: position.line, startColumn: position.column },
    },
    logicalLocations,
  };
}
