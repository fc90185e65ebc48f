import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../../src/contract/checks/index.ts';
import type { RunReport } from '../../../src/contract/model/run-report.ts';
import { groupFailures } from '../../../src/contract/report/content/group-failures.ts';
import { safeReport } from '../../../src/contract/report/content/safe-report.ts';
import { coverageOf } from '../../../src/contract/report/coverage/coverage-of.ts';
import { isReporter, reporters } from '../../../src/contract/report/reporters.ts';
import { findApi } from '../../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import { basic, runBrokenHive } from './broken-hive.ts';
import { readXml, type XmlElement } from './read-xml.ts';

const texts = new Map<string, string>();
let report: RunReport;

beforeAll(async () => {
  report = safeReport(await runBrokenHive(), { basic });
  const coverage = coverageOf(await loadDocument(findApi('hive')), report);
  const context = {
    folder: process.cwd(),
    coverage,
    command: 'sparring test hive --url https://api.example.com/v1 --seed 1',
  };
  for (const [name, load] of Object.entries(reporters)) texts.set(name, (await load())(report, context));
});

const textOf = (name: string) => texts.get(name) ?? '';
const groups = () => groupFailures(report).filter(({ first }) => first.fatal);

describe('failures', () => {
  it('of one defect are one group, whatever else the same answers break', () => {
    const lists = groups().filter(({ first }) => first.operation === 'listWebhooks');
    expect(lists.map(({ check }) => check)).toEqual(['no-server-error']);
    const taken = groups().filter(({ check }) => check === 'negative-refused');
    expect(taken).toHaveLength(1);
    expect(taken[0]?.verdicts.length).toBeGreaterThan(10);
    expect(taken[0]?.consequences).toContain('response-schema');
    expect(groups()[0]?.check).toBe('no-server-error');
  });

  it('are shown by the smallest request of their group', () => {
    const [taken] = groups().filter(({ check }) => check === 'negative-refused');
    const sizes = taken?.verdicts.map(({ case: id }) => {
      const { body, url } = report.runs.find((run) => run.case.id === id)?.exchanges[0]?.request ?? {};
      return (body?.length ?? 0) + (url?.length ?? 0);
    });
    expect(sizes?.[taken?.verdicts.indexOf(taken.first) ?? -1]).toBe(Math.min(...(sizes ?? [])));
  });
});

describe('every reporter', () => {
  it.each(Object.keys(reporters))('%s holds no credentials', (name) => {
    const [, secret = ''] = basic.split(':');
    const issued = report.runs.flatMap((run) =>
      run.exchanges.map(({ request }) => request.headers.authorization),
    );
    // What is wrong on purpose, and a scheme without anything, opens nothing.
    const kept = issued.filter(
      (value) => value !== undefined && !/sparring-wrong|^(?:Basic|Bearer)$/.test(value),
    );
    expect(new Set(kept)).toEqual(new Set(['…']));
    for (const text of [secret, basic, Buffer.from(basic).toString('base64')])
      expect(textOf(name)).not.toContain(text);
    expect(textOf(name)).not.toMatch(/eyJ[\w-]{10}/);
  });

  it('is named as it is registered', () => {
    expect(isReporter('html')).toBe(true);
    expect(isReporter('constructor')).toBe(false);
  });
});

describe('the terminal', () => {
  it('says what is broken, where, what was expected and seen, what to do, and how to see it again', () => {
    expect(textOf('terminal')).toMatch(
      /FAILED no-server-error \(contract\)\n.*\n {2}To do: .*log.*\n\n {2}listWebhooks {2}GET \/webhooks {2}openapi\/hive\.yaml:\d+:\d+\n {4}expected {2}a status below 500\n {4}seen {6}500 .*\n {4}again {5}curl .*\$SPARRING_TOKEN.*\n {4}or {8}sparring test hive --url https:\/\/api\.example\.com\/v1 --seed 1 --only listWebhooks\/\S+\n/,
    );
    expect(textOf('terminal')).toMatch(/^\d+ cases, .* failed, by \d+ defects/m);
  });

  it('shows no character that could steer it', () => {
    expect(textOf('terminal')).toContain('\\u0007');
    expect(textOf('terminal')).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
  });

  it('sums up what was never witnessed', () => {
    expect(textOf('terminal')).toMatch(/operations called +\d+ of \d+ +never: /);
    expect(textOf('terminal')).toContain('Passed without having been put to the test:');
  });
});

describe('JUnit', () => {
  it('is well-formed, and counts what it holds', () => {
    const root = readXml(textOf('junit'));
    const cases = root.children.flatMap((suite) => suite.children.filter(({ name }) => name === 'testcase'));
    const holding = (name: string) =>
      cases.filter(({ children }) => children.some((each) => each.name === name));
    expect(root.name).toBe('testsuites');
    expect(Number(root.attributes.tests)).toBe(cases.length);
    expect(Number(root.attributes.failures)).toBe(holding('failure').length);
    expect(Number(root.attributes.skipped)).toBe(holding('skipped').length);
    expect(new Set(root.children.map(({ name }) => name))).toEqual(new Set(['testsuite']));
    for (const suite of root.children) {
      expect(suite.children[0]?.name).toBe('properties');
      expect(suite.attributes).toMatchObject({ name: expect.any(String), errors: '0' });
    }
  });

  it('has a test case for each case and check, with what failed and how to see it again', () => {
    const suites = readXml(textOf('junit')).children;
    const suite = suites.find(({ attributes }) => attributes.name === 'listWebhooks');
    const failed = suite?.children.find(
      (each) => each.attributes.name === 'listWebhooks/examples/as-documented · no-server-error',
    );
    expect(failed?.attributes.classname).toBe('listWebhooks');
    const [failure]: readonly (XmlElement | undefined)[] = failed?.children ?? [];
    expect(failure?.attributes).toMatchObject({ type: 'no-server-error' });
    expect(failure?.attributes.message).toContain('<b>boom</b> ]]> \\u0007');
    expect(failure?.text).toMatch(/document: openapi\/hive\.yaml:\d+:\d+\nagain: curl/);
    const names = suites.flatMap(({ children }) =>
      children.flatMap(({ attributes: { classname, name } }) => (classname ? [`${classname} ${name}`] : [])),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('SARIF', () => {
  it('is a log of version 2.1.0, whose results point at lines of the document', () => {
    const log = JSON.parse(textOf('sarif'));
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    const [run] = log.runs;
    const { rules } = run.tool.driver;
    expect(new Set(rules.map((rule: { id: string }) => rule.id)).size).toBe(rules.length);
    expect(run.results).toHaveLength(groupFailures(report).length);
    for (const result of run.results) {
      expect(rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(result.level).toMatch(/^(?:error|warning|note)$/);
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      expect(artifactLocation.uri).toBe('openapi/hive.yaml');
      expect(region.startLine).toBeGreaterThan(0);
      expect(region.startColumn).toBeGreaterThan(0);
      for (const value of Object.values(result.partialFingerprints))
        expect(value).toEqual(expect.any(String));
    }
    const grades = new Map(checks.map(({ grade, id }) => [id, grade]));
    for (const rule of rules) {
      expect(rule.defaultConfiguration.level).toBe(grades.get(rule.id) === 'convention' ? 'note' : 'error');
      expect(rule.help.text).not.toBe('');
    }
  });
});

describe('GitHub', () => {
  it('annotates the line, in one line each', () => {
    const lines = textOf('github').trimEnd().split('\n');
    expect(lines).toHaveLength(groupFailures(report).length + 1);
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^:]+::\S/);
    expect(lines[0]).toMatch(
      /^::error file=openapi\/hive\.yaml,line=\d+,col=\d+,title=no-server-error%3A listWebhooks::.*%0Aexpected: a status below 500%0A/,
    );
  });
});

describe('HTML', () => {
  it('is one page that asks for nothing, and allows nothing but its own style and script', () => {
    const page = textOf('html');
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b|\bsrc=|@import|url\(/);
    expect(page.match(/<script>/g)).toHaveLength(1);
    for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^#[\w-]+$/);
    expect(page).not.toMatch(/ (?:style|on\w+)="/);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash('sha256', style, 'base64')}'`);
    expect(policy).toContain(`script-src 'sha256-${hash('sha256', script, 'base64')}'`);
  });

  it('shows what the server sent as text, and every failure with request, answer and curl', () => {
    const page = textOf('html');
    expect(page).not.toContain('<b>boom');
    expect(page).toContain('&lt;b&gt;boom&lt;/b&gt;');
    const shown = page.match(/<details class="failure">/g)?.length ?? 0;
    expect(shown).toBeGreaterThanOrEqual(groupFailures(report).length);
    expect(page.match(/<h5>See it again<\/h5>/g)).toHaveLength(shown);
    expect(page.match(/: answer<\/h5>/g)?.length).toBeGreaterThanOrEqual(shown);
  });

  it('has a cell for every operation and check, and links that lead somewhere', () => {
    const page = textOf('html');
    const [, table = ''] = /<table class="matrix">([\s\S]*?)<\/table>/.exec(page) ?? [];
    const columns = table.match(/<th scope="col">/g)?.length ?? 0;
    const rows = table.match(/<th scope="row">/g)?.length ?? 0;
    expect(table.match(/<td/g)).toHaveLength((columns - 1) * rows);
    expect(columns - 1).toBe(new Set(report.verdicts.map(({ check }) => check)).size);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(ids.size).toBe(page.match(/ id="/g)?.length);
    for (const [, target = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });
});

describe('JSON', () => {
  it('holds failures with their place, and what was never witnessed', () => {
    const value = JSON.parse(textOf('json'));
    expect(value.failures.find(({ check }: { check: string }) => check === 'no-server-error')).toMatchObject({
      operation: 'listWebhooks',
      fatal: true,
      answer: 500,
      position: { file: 'openapi/hive.yaml', line: expect.any(Number) },
    });
    const statuses = value.coverage.kinds.find(({ id }: { id: string }) => id === 'statuses');
    expect(statuses.seen + statuses.never.length).toBe(statuses.total);
    expect(statuses.never.map(({ name }: { name: string }) => name)).toContain('deleteSession 200');
    expect(value.coverage.vacuous).toContainEqual({
      kind: 'operation',
      name: 'deleteSession',
      reason: 'nothing of it was judged',
    });
  });
});
