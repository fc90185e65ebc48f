import { checks as allChecks } from '../checks/index.ts';
import type { ContractRun, PlannedRun } from '../execute/contract-run.ts';
import { fastCheck } from '../generate/fast-check.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { CaseExchange } from '../model/exchange.ts';
import type { RequestTemplate } from '../model/request-template.ts';
import type { Step } from '../model/step.ts';
import type { Shrunken, Verdict } from '../model/verdict.ts';
import { breachOf } from '../plan/broken/break-field.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';
import { referencesIn } from '../plan/requests/request-templates.ts';
import { violationsOf } from '../plan/requests/violations-of.ts';
import { withOwnAddresses } from '../plan/requests/with-own-addresses.ts';
import { curlOf } from '../report/content/curl-of.ts';
import { requestArbitrary, smallerRequests } from './smaller-requests.ts';

/** How many requests are sent to shrink one. */
const mostRequests = 30;

/** The smallest request found by fast-check's shrinking that fails as a verdict says; undefined where the first one is. */
export async function shrinkFailure(
  { context, plan }: PlannedRun,
  run: ContractRun,
  { case: failed, exchanges }: CaseRun,
  verdict: Verdict,
): Promise<Shrunken | undefined> {
  const [step] = failed.steps;
  const [seen] = exchanges;
  const status = seen?.response?.status;
  const check = allChecks.find(({ id }) => id === verdict.check);
  if (!step || !check) return undefined;
  const tried = new Map<string, CaseExchange | undefined>();
  let smallest: CaseExchange | undefined;

  /** Sends a request and tells whether it fails in the same way. */
  async function fails(template: RequestTemplate): Promise<boolean> {
    const key = JSON.stringify(template);
    if (!tried.has(key)) tried.set(key, await tryRequest(template));
    const exchange = tried.get(key);
    if (exchange && !isSameRequest(template, step?.request)) smallest = exchange;
    return exchange !== undefined;
  }

  async function tryRequest(template: RequestTemplate): Promise<CaseExchange | undefined> {
    if (tried.size >= mostRequests) return undefined;
    const { runs } = await run.execute([candidate(failed, template, tried.size)]);
    const isSame = run
      .judge(runs, check && [check])
      .some((other) => isAlike(verdict, status, other, runs[0]));
    return isSame ? runs[0]?.exchanges[0] : undefined;
  }

  // A refusal for want of something else would be another one.
  const onlyDrops = check.id === 'positive-accepted';
  const arbitrary = requestArbitrary({
    first: step.request,
    *shrink(template) {
      for (const smaller of smallerRequests(context, step.operation, template, onlyDrops)) {
        if (tried.size >= mostRequests) return;
        // What was tried once tells nothing new, and could be come by in a circle.
        if (!tried.has(JSON.stringify(smaller)) && isStill(context, step, smaller)) yield smaller;
      }
    },
  });
  const { asyncProperty, check: runProperty } = fastCheck();
  const property = asyncProperty(arbitrary, async (template) => !(await fails(template)));
  await runProperty(property, { seed: plan.seed, numRuns: 1, examples: [[step.request]] });
  return smallest && { exchange: smallest, curl: curlOf(smallest), requests: tried.size };
}

function isSameRequest(one: RequestTemplate, other: RequestTemplate | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a smaller request is as valid as the first, or breaks the same rule and no other. */
function isStill(
  context: PlanContext,
  { broken, operation, request }: Step,
  smaller: RequestTemplate,
): boolean {
  if (isSameRequest(smaller, request)) return false;
  const violations = violationsOf(context, operation, smaller);
  const before = violationsOf(context, operation, request);
  if (!violations || !before) return false;
  if (broken) return breachOf(violations, broken.location, broken.keyword) !== undefined;
  // A body of nothing asks for nothing, and examples may break their schemas.
  return violations.length === 0 && before.length === 0 && !isEmptied(smaller, request);
}

function isEmptied({ body }: RequestTemplate, { body: before }: RequestTemplate): boolean {
  return JSON.stringify(body?.value) === '{}' && JSON.stringify(before?.value) !== '{}';
}

/** The case with a smaller request; what it would create anew has addresses of its own, as some servers refuse one twice. */
function candidate(failed: Case, template: RequestTemplate, turn: number): Case {
  const named = new Set(referencesIn(template).map(({ $from }) => $from));
  const steps = failed.steps.map((step) => {
    const { body } = template;
    const isFresh =
      step.saveAs !== undefined && step.broken === undefined && body?.raw === undefined && turn > 0;
    const value = isFresh ? withOwnAddresses(body?.value, `${failed.id} shrunken ${turn}`) : body?.value;
    return { ...step, request: { ...template, body: body && { ...body, value } } };
  });
  return { ...failed, steps, preconditions: failed.preconditions.filter(({ name }) => named.has(name)) };
}

/** Whether another verdict shows the same: the same rule, the same fact, the same place and status. */
function isAlike(
  verdict: Verdict,
  status: number | undefined,
  other: Verdict,
  run: CaseRun | undefined,
): boolean {
  return (
    other.outcome === 'failed' &&
    other.fatal &&
    other.evidence?.pointer === verdict.evidence?.pointer &&
    other.evidence?.location === verdict.evidence?.location &&
    run?.exchanges[0]?.response?.status === status
  );
}
