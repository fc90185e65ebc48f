import { checks } from '../checks/index.ts';
import type { RunReport } from '../model/run-report.ts';
import { saidOfLeftOut } from '../plan/manners/manners.ts';
import { type FailureGroup, groupFailures } from './content/group-failures.ts';
import type { ReportContext, Tested } from './content/report-context.ts';
import { shownPlace } from './content/shown-place.ts';

/** Most cases of one defect that the emitted tests repeat. */
const mostCases = 10;

/**
 * A test file for vitest: a group of tests for each defect that failed the run, which fail until it is mended. They carry out
 * the same cases, with what these need before and clean up after; credentials come from the environment.
 */
export function formatVitest(report: RunReport, context: ReportContext): string {
  const tested = context.tested ?? { api: report.api, url: report.target };
  const groups = groupFailures(report).filter(({ first }) => first.fatal);
  const usesMock = tested.url === undefined;
  return [
    `// What sparring test found wrong with ${oneLine(report.title)}: these tests fail until it is mended.`,
    '// SPARRING_URL says where else the server is; credentials are SPARRING_TOKEN, SPARRING_BASIC (user:password) and',
    '// SPARRING_API_KEY.',
    ...(report.leftOut ?? []).map((left) => `// Not tested: ${oneLine(saidOfLeftOut(left))}.`),
    ...(usesMock ? ["import { createMock } from 'sparring';"] : []),
    "import { describeContract } from 'sparring/vitest';",
    `import { describe${groups.length === 0 ? ', test' : ''} } from 'vitest';`,
    '',
    `const api = ${literal(tested.api)};`,
    `const target = process.env.SPARRING_URL ?? ${targetOf(tested)};`,
    ...optionsOf(report, tested),
    ...groups.flatMap((group) => ['', ...blockOf(group, context)]),
    ...(groups.length === 0
      ? ['', `describe(api, () => {`, "  test('nothing failed', () => {});", '});']
      : []),
    '',
  ].join('\n');
}

function targetOf({ url }: Tested): string {
  return url === undefined ? '(() => createMock({ apis: [api], port: 0 }))' : literal(url);
}

function optionsOf(
  { runs, seed }: RunReport,
  { allow, allowLeftovers, dangerous, write }: Tested,
): readonly string[] {
  const operations = new Set(runs.map((run) => run.case.operation));
  const schemes = new Set(
    [...operations].flatMap(({ security }) => security.flat().map(({ scheme }) => scheme)),
  );
  const keys = [...schemes].map((scheme) => `${literal(scheme)}: key`).join(', ');
  return [
    'const key = process.env.SPARRING_API_KEY;',
    'const options = {',
    `  seed: ${seed},`,
    ...(write ? ['  write: true,'] : []),
    ...(allowLeftovers ? [`  allowLeftovers: ${allowLeftovers},`] : []),
    ...(dangerous ? ['  dangerous: true,'] : []),
    ...(allow ? [`  allow: [${allow.map(literal).join(', ')}],`] : []),
    '  credentials: {',
    '    bearer: process.env.SPARRING_TOKEN,',
    '    basic: process.env.SPARRING_BASIC,',
    `    apiKeys: key === undefined ? undefined : { ${keys} },`,
    '  },',
    '};',
  ];
}

function blockOf(group: FailureGroup, { folder }: ReportContext): readonly string[] {
  const { check, first } = group;
  const { curl, evidence, operation, position, rule } = first;
  const comments = [
    rule,
    `Expected: ${evidence?.expected ?? ''}`,
    `Seen: ${evidence?.seen ?? ''}`,
    ...(position ? [`The document says so at ${shownPlace(position, folder)}.`] : []),
    ...(curl === undefined ? [] : [curl]),
  ];
  return [
    ...comments.map((text) => `// ${oneLine(text)}`),
    `describe(${literal(`${check} of ${operation}`)}, () => {`,
    '  describeContract(api, target, {',
    '    ...options,',
    '    only: [',
    ...casesOf(group).map((id) => `      ${literal(id)},`),
    '    ],',
    '  });',
    '});',
  ];
}

/** The case that shows the defect best, and some others; all of an operation where only several together show it. */
function casesOf({ check, first, verdicts }: FailureGroup): readonly string[] {
  const isJoint = checks.some(({ id, judgeAll }) => id === check && judgeAll !== undefined);
  if (isJoint) return [`${first.operation}/`];
  return [...new Set([first.case, ...verdicts.map(({ case: id }) => id)])].slice(0, mostCases);
}

/** A string of JavaScript; JSON is one. */
function literal(text: string): string {
  return JSON.stringify(text);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}
