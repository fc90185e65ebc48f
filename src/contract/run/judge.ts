import { checks as allChecks } from '../checks/index.ts';
import { provenanceOf, weakestOf } from '../checks/judging/provenance-of.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Check, JudgeContext } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { curlOf } from '../report/content/curl-of.ts';

export interface JudgeOptions {
  /** Default: all. */
  readonly checks?: readonly Check[] | undefined;
  /** Whether what the document only infers fails the run too: on a mock made from it, or when asked. */
  readonly strict: boolean;
}

/** Shows every run to every check. The same runs give the same verdicts, in the order of the runs, then of the checks. */
export function judge(
  runs: readonly CaseRun[],
  context: JudgeContext,
  options: JudgeOptions,
): readonly Verdict[] {
  const { checks = allChecks, strict } = options;
  const joint = Map.groupBy(
    checks.flatMap((check) => (check.judgeAll?.(runs, context) ?? []).map((finding) => ({ check, finding }))),
    ({ finding }) => finding.run,
  );
  return runs.flatMap((run, index) => {
    const shown = checks.filter(({ phases }) => !phases || phases.includes(run.case.phase));
    const own = shown.flatMap((check) => check.judge(run, context).map((finding) => ({ check, finding })));
    const shared = joint.get(index) ?? [];
    return [...own, ...shared].map(({ check, finding }) => verdictOf(run, check, finding, context, strict));
  });
}

function verdictOf(
  run: CaseRun,
  check: Check,
  finding: Finding,
  context: JudgeContext,
  strict: boolean,
): Verdict {
  const { document } = context;
  const { evidence, outcome } = finding;
  const grade = finding.grade ?? check.grade;
  const facts = finding.facts.map((chain) => provenanceOf(document, chain));
  const provenance = weakestOf(finding.inferred ? [...facts, 'inferred'] : facts);
  const exchange = run.exchanges[finding.exchange];
  const isSure = strict || provenance === 'document' || provenance === 'public';
  return {
    check: check.id,
    grade,
    rule: check.rule,
    case: run.case.id,
    operation: exchange?.operation.id ?? run.case.operation.id,
    outcome,
    provenance,
    fatal: outcome === 'failed' && grade !== 'convention' && isSure,
    ...(outcome === 'failed' && {
      ...(evidence && { evidence, position: document.position(evidence.pointer) }),
      ...(exchange && { curl: curlOf(exchange) }),
    }),
  };
}
