import { relative } from 'node:path';
import type { RunReport, Verdict } from '../types.ts';

/** A report for programs. The same verdicts give the same bytes: nothing in it says when or how fast. */
export function formatJson(report: RunReport, folder: string): string {
  const { aborted, api, counts, gaps, leftovers, notRun, seed, target, title, verdicts, version } = report;
  const file = report.file.startsWith('<') ? report.file : relative(folder, report.file);
  const rules = new Map(verdicts.map(({ check, rule }) => [check, rule]));
  const value = {
    api,
    title,
    version,
    document: file,
    target,
    seed,
    aborted,
    counts,
    rules: Object.fromEntries(rules),
    failures: verdicts
      .filter(({ outcome }) => outcome === 'failed')
      .map((verdict) => failureOf(verdict, folder)),
    passes: verdicts.filter(({ outcome }) => outcome === 'passed').map(passOf),
    notRun,
    gaps,
    leftovers,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function failureOf(verdict: Verdict, folder: string) {
  const { curl, evidence, fatal, grade, position } = verdict;
  return {
    ...passOf(verdict),
    grade,
    fatal,
    expected: evidence?.expected,
    seen: evidence?.seen,
    location: evidence?.location,
    pointer: evidence?.pointer,
    ...(position && {
      position: {
        ...position,
        file: position.file.startsWith('<') ? position.file : relative(folder, position.file),
      },
    }),
    curl,
  };
}

function passOf({ case: id, check, operation, provenance }: Verdict) {
  return { check, case: id, operation, provenance };
}
