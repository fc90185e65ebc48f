import type { RunReport } from '../model/run-report.ts';
import type { Verdict } from '../model/verdict.ts';
import { failureOf as knownAs } from './content/baseline.ts';
import { exchangeFinder } from './content/exchange-finder.ts';
import type { ReportContext } from './content/report-context.ts';
import { shownFile } from './content/shown-place.ts';

/** A report for programs. The same verdicts give the same bytes: nothing in it says when or how fast. */
export function formatJson(report: RunReport, context: ReportContext): string {
  const {
    aborted,
    api,
    counts,
    ended,
    gaps,
    isBailed,
    leftOut,
    leftovers,
    notices,
    notRun,
    seed,
    shortfall,
    target,
    title,
    verdicts,
    version,
  } = report;
  const rules = new Map(verdicts.map(({ check, rule }) => [check, rule]));
  const value = {
    api,
    title,
    version,
    document: shownFile(report.file, context.folder),
    target,
    seed,
    aborted,
    ...(isBailed && { bailed: true }),
    ...(ended && { ended: ended.because }),
    counts,
    ...(notices.length > 0 && { notices }),
    ...(shortfall && { shortfall }),
    rules: Object.fromEntries(rules),
    failures: failuresOf(report, context),
    passes: verdicts.filter(({ outcome }) => outcome === 'passed').map(passOf),
    notRun,
    gaps,
    leftovers,
    leftOut,
    ...(report.unseen && { notChecked: report.unseen }),
    ...(context.comparison && { baseline: context.comparison }),
    ...(context.coverage && { coverage: coverageOf(context) }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function failuresOf(report: RunReport, { folder }: ReportContext) {
  const find = exchangeFinder(report);
  return report.verdicts.flatMap((verdict) => {
    const { curl, evidence, fatal, grade, isKnown, outcome, position, shrunken } = verdict;
    if (outcome === 'passed') return [];
    return [
      {
        ...passOf(verdict),
        grade,
        fatal,
        ...(isKnown && { known: true }),
        expected: evidence?.expected,
        seen: evidence?.seen,
        location: evidence?.location,
        pointer: evidence?.pointer,
        ...(position && { position: { ...position, file: shownFile(position.file, folder) } }),
        answer: knownAs(verdict, find).answer,
        curl,
        ...(shrunken && { smallest: shrunken.curl }),
      },
    ];
  });
}

function coverageOf({ coverage, folder }: ReportContext) {
  return {
    kinds: coverage?.kinds.map((kind) => ({
      ...kind,
      never: kind.never.map(({ name, position }) => ({
        name,
        ...(position && { position: { ...position, file: shownFile(position.file, folder) } }),
      })),
    })),
    vacuous: coverage?.vacuous,
  };
}

function passOf({ case: id, check, operation, provenance }: Verdict) {
  return { check, case: id, operation, provenance };
}
