import type { Operation } from '../../openapi/document/document.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Shortfall } from '../model/run-report.ts';

/** Why a case was not run that says something of the server, or of what the run was given; others were left out on purpose. */
const inTheWay =
  /was answered|there are no .*credentials|was not accepted|no state of .* was found|does not say which|is not known/;

/**
 * What a run never saw to succeed, where that is too much of what it tried: then nothing that passed says much.
 *
 * @param least the share of operations, of those that were tried, that must have answered a success
 */
export function shortfallOf(runs: readonly CaseRun[], least: number): Shortfall | undefined {
  const tried = new Set<Operation>();
  const succeeded = new Set<Operation>();
  const reasons = new Map<Operation, string>();
  for (const { case: planned, exchanges, notRun } of runs) {
    for (const { expect, operation, response, role } of exchanges) {
      if (response && response.status < 400 && expect !== 'refused') succeeded.add(operation);
      if (role === 'cleanup' || (expect !== 'accepted' && expect !== 'any')) continue;
      tried.add(operation);
      if (response && response.status >= 400 && !reasons.has(operation))
        reasons.set(
          operation,
          `${response.status} ${response.text.replaceAll(/\s+/g, ' ').trim().slice(0, 100)}`.trim(),
        );
    }
    const isMeant = planned.steps.some(({ expect }) => expect === 'accepted' || expect === 'any');
    if (notRun === undefined || !isMeant || !inTheWay.test(notRun)) continue;
    tried.add(planned.operation);
    if (!reasons.has(planned.operation)) reasons.set(planned.operation, notRun);
  }
  if (tried.size === 0) return undefined;
  const missing = [...tried].filter((operation) => !succeeded.has(operation));
  const share = 1 - missing.length / tried.size;
  if (share >= least) return undefined;
  return {
    share,
    least,
    tried: tried.size,
    operations: missing.map((operation) => ({
      operation: operation.id,
      reason: reasons.get(operation) ?? 'no answer',
    })),
  };
}
