import { type TestContext, test } from 'vitest';
import type { CaseRun } from '../contract/model/case-run.ts';
import type { Check } from '../contract/model/check.ts';
import type { Verdict } from '../contract/model/verdict.ts';
import { groupFailures } from '../contract/report/content/group-failures.ts';
import { type Scrub, safeOutcome } from '../contract/report/content/safe-report.ts';
import { ContractFailure } from './contract-failure.ts';

/** What the cases of one test group came to. */
export interface Outcome {
  readonly runs: readonly CaseRun[];
  readonly verdicts: readonly Verdict[];
}

/** How the tests of one call tell what they found. */
export interface TestMessage {
  /** Makes what hides the credentials that were given, and those that were issued and sent so far. */
  readonly scrubber: () => Scrub;
  /** An error that was made where the test file called. */
  readonly site: Error;
}

/** A test for each rule that the planned cases can show; what they came to is known when the tests run. */
export function checkTests(
  checks: readonly Check[],
  outcome: () => Outcome,
  { scrubber, site }: TestMessage,
): void {
  for (const check of checks) {
    test(`${check.id}: ${check.rule}`, async (context) => {
      const { runs, verdicts } = outcome();
      const own = verdicts.filter((verdict) => verdict.check === check.id);
      if (own.length === 0) context.skip(scrubber()(reasonOf(runs)));
      await assertVerdicts(
        context,
        `${check.id}: ${check.rule}`,
        { runs, verdicts: own },
        { scrubber, site },
      );
    });
  }
}

/** Fails by those verdicts that fail a run; what is merely worth a note is annotated. */
export async function assertVerdicts(
  context: TestContext,
  headline: string,
  outcome: Outcome,
  { scrubber, site }: TestMessage,
): Promise<void> {
  const { runs, verdicts } = safeOutcome(outcome, scrubber());
  const groups = groupFailures({ verdicts, runs });
  const failures = groups.filter(({ first }) => first.fatal);
  for (const { first } of failures)
    if (first.curl !== undefined) await context.annotate(first.curl, 'reproduce');
  for (const { first } of groups.filter(({ first: { fatal } }) => !fatal)) {
    const { evidence, operation } = first;
    await context.annotate(
      `${operation}: expected ${evidence?.expected}, seen ${evidence?.seen}`,
      `noted ${first.check}`,
    );
  }
  if (failures.length > 0) throw new ContractFailure(headline, failures, runs, site);
  // What asserts nothing is no test.
  context.expect(verdicts.length).toBeGreaterThan(0);
}

/** Why nothing was seen that a rule could be held against. */
export function reasonOf(runs: readonly CaseRun[]): string {
  const reasons = [...new Set(runs.flatMap(({ notRun }) => notRun ?? []))];
  return reasons.length === 0 ? 'no answer showed anything of it' : `not run: ${reasons.join('; ')}`;
}
