import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { checks as allChecks } from '../contract/checks/index.ts';
import type { ContractRun, PlannedRun } from '../contract/execute/contract-run.ts';
import type { ContractOptions } from '../contract/execute/environment/contract-options.ts';
import { isLoopback } from '../contract/execute/transport/transport.ts';
import type { Case } from '../contract/model/case.ts';
import type { Check } from '../contract/model/check.ts';
import type { Verdict } from '../contract/model/verdict.ts';
import { secretScrubber } from '../contract/report/content/safe-report.ts';
import { openRun, planRun } from '../contract/run/open-run.ts';
import { predictChecks } from '../contract/run/predict-checks.ts';
import { shrinkFailures } from '../contract/shrink/shrink-failures.ts';
import { SparringError } from '../errors.ts';
import type { ApiDocument } from '../openapi/document/document.ts';
import { findApi } from '../openapi/load/bundled-apis.ts';
import { loadDocument } from '../openapi/load/load-document.ts';
import { assertVerdicts, checkTests, type Outcome, reasonOf, type TestMessage } from './check-tests.ts';
import type { ApiSource } from './open-api.ts';
import { type ReachedTarget, reachTarget, type TargetOptions, type TargetSource } from './target.ts';

export interface DescribeOptions
  extends Omit<ContractOptions, 'controls' | 'onCase' | 'signal'>,
    TargetOptions {
  /** Milliseconds for the cases of one operation together; default one minute. */
  readonly operationTimeout?: number | undefined;
}

/** What the tests of one call share. */
interface Suite {
  readonly planned: PlannedRun;
  readonly options: DescribeOptions;
  readonly messages: TestMessage;
  /** As far as they judge a case by itself, and as far as they need to see all cases together. */
  readonly single: readonly Check[];
  readonly joint: readonly Check[];
  /** Of each group of cases that was carried out. */
  readonly outcomes: Outcome[];
  readonly predict: (checks: readonly Check[], cases: readonly Case[]) => readonly Check[];
  readonly open: () => ContractRun;
}

/**
 * Defines tests of whether a server keeps its document's word: a `describe` for each operation, in it a test for each rule
 * that can be seen there, and one for all generated requests. What `sparring test` does, with its options and promises: only
 * what it created is changed, all of it is deleted, and beyond this machine it only reads, unless `write` is given.
 */
export function describeContract(api: ApiSource, target: TargetSource, options: DescribeOptions = {}): void {
  const site = new Error('here');
  Error.captureStackTrace(site, describeContract);
  const name = typeof api === 'string' ? api : api.name;
  describe(`contract of ${name}`, async () => {
    const document = await loadDocument(typeof api === 'string' ? findApi(api) : api);
    const planned = planRun(document, options);
    if (planned.plan.cases.length === 0)
      throw new SparringError('usage', `No case of ${name} is wanted.`, {
        next: 'See the ids of cases with sparring test --plan, and mend only, skip or phases.',
      });
    const checks = options.checks ?? allChecks;
    const outcomes: Outcome[] = [];
    const scrubber = () =>
      secretScrubber(
        outcomes.flatMap(({ runs }) => runs),
        options.credentials,
      );
    const suite: Suite = {
      planned,
      options,
      messages: { scrubber, site },
      single: checks.map(({ judgeAll: _, ...check }) => check),
      joint: checks.filter(({ judgeAll }) => judgeAll).map((check) => ({ ...check, judge: () => [] })),
      outcomes,
      predict: (some, cases) => predictChecks(planned.context, some, cases),
      open: shareRun(document, planned, target, options),
    };
    const groups = Map.groupBy(planned.plan.cases, ({ operation }) => operation.id);
    for (const [operation, cases] of groups) describeOperation(suite, operation, cases);
    describeWhole(suite, planned.plan.cases);
  });
}

/** Opens the run before the first test and closes it after the last. */
function shareRun(
  document: ApiDocument,
  planned: PlannedRun,
  source: TargetSource,
  options: DescribeOptions,
): () => ContractRun {
  let reached: ReachedTarget | undefined;
  let run: ContractRun | undefined;
  beforeAll(async () => {
    reached = await reachTarget(source, document, options);
    run = await openRun(planned, reached.transport, {
      ownServer: !reached.isElsewhere,
      ...options,
      ledger: ledgerOf(document, reached, options),
    });
  }, timeoutOf(options));
  afterAll(async () => {
    await run?.close();
    await reached?.close();
    const ledger = reached && ledgerOf(document, reached, options);
    // Where all is cleaned up, nobody needs to know any more what was there.
    if (ledger !== undefined && options.ledger === undefined && run?.leftovers.length === 0)
      rmSync(ledger, { force: true });
  });
  return () => {
    if (!run) throw new Error('The run was not opened.');
    return run;
  };
}

/** What is created on a server that is not this machine is noted, so that it can be deleted whatever happens to the tests. */
function ledgerOf(
  { name }: ApiDocument,
  { transport }: ReachedTarget,
  { ledger, write }: DescribeOptions,
): string | undefined {
  const isNeeded = write === true && !isLoopback(transport.url);
  return ledger ?? (isNeeded ? join('.sparring', `${name}-vitest-${process.pid}.jsonl`) : undefined);
}

function describeOperation(suite: Suite, operation: string, cases: readonly Case[]): void {
  const { predict, options, single, messages } = suite;
  const timeout = timeoutOf(options);
  const generated = cases.filter(isGenerated);
  const others = cases.filter((planned) => !isGenerated(planned));
  describe(operation, () => {
    if (others.length > 0) {
      let outcome: Outcome = { runs: [], verdicts: [] };
      beforeAll(async () => {
        outcome = await carryOut(suite, others);
      }, timeout);
      checkTests(predict(single, others), () => withoutAsides(outcome), messages);
    }
    if (generated.length > 0) {
      const headline = 'generated requests: every rule holds for them too.';
      test(headline, { timeout }, async (context) => {
        const outcome = await carryOut(suite, generated);
        if (outcome.verdicts.length === 0) context.skip(messages.scrubber()(reasonOf(outcome.runs)));
        await assertVerdicts(context, headline, outcome, messages);
      });
    }
  });
}

function isGenerated({ phase }: { readonly phase: string }): boolean {
  return phase === 'fuzzing';
}

/** What only all cases together show. */
function describeWhole(
  { predict, joint, open, outcomes, single, messages }: Suite,
  cases: readonly Case[],
): void {
  describe('all operations', () => {
    const outcome = (): Outcome => {
      const runs = outcomes.flatMap((each) => each.runs);
      return { runs, verdicts: open().judge(runs, joint) };
    };
    const shown = predict(joint, cases);
    checkTests(shown, outcome, messages);
    test('nothing that the run created is left behind, and no other rule is broken.', async (context) => {
      await open().finish();
      const scrub = messages.scrubber();
      const leftovers = open().leftovers.map((each) => ({ ...each, reason: scrub(each.reason) }));
      context.expect(leftovers).toEqual([]);
      const [own, all] = [predict(single, cases), shown].map((checks) => new Set(checks.map(({ id }) => id)));
      const others = [
        ...outcomes.flatMap(({ verdicts }) => verdicts).filter(({ check }) => !own?.has(check)),
        ...outcomes.flatMap(({ runs, verdicts }) => verdicts.filter((verdict) => isAside(verdict, runs))),
        ...outcome().verdicts.filter(({ check }) => !all?.has(check)),
      ];
      const { runs } = outcome();
      if (others.length > 0)
        await assertVerdicts(context, 'a rule is broken', { runs, verdicts: others }, messages);
    });
  });
}

/** Without what other operations answered while a case was set up and cleaned up, which is no fault of the one it is about. */
function withoutAsides({ runs, verdicts }: Outcome): Outcome {
  return { runs, verdicts: verdicts.filter((verdict) => !isAside(verdict, runs)) };
}

function isAside({ case: id, evidence }: Verdict, runs: Outcome['runs']): boolean {
  const exchanges = runs.find((run) => run.case.id === id)?.exchanges;
  const role = evidence && exchanges?.[evidence.exchange]?.role;
  return role !== undefined && role !== 'step';
}

async function carryOut(
  { open, outcomes, planned, single }: Suite,
  cases: readonly Case[],
): Promise<Outcome> {
  const run = open();
  const { runs } = await run.execute(cases);
  const outcome = { runs, verdicts: await shrinkFailures(planned, run, runs, run.judge(runs, single)) };
  outcomes.push(outcome);
  return outcome;
}

function timeoutOf({ operationTimeout = 60_000 }: DescribeOptions): number {
  return operationTimeout;
}
