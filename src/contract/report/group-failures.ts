import type { RunReport, Verdict } from '../types.ts';

/** Failed verdicts that show the same: one rule, one fact of the document, one thing expected. */
export interface FailureGroup {
  readonly check: string;
  /** The first of them, which reports show. */
  readonly first: Verdict;
  readonly verdicts: readonly Verdict[];
}

/** Failures by what they show, those that fail the run first, else in the order of the checks and the plan. */
export function groupFailures({ verdicts }: Pick<RunReport, 'verdicts'>): readonly FailureGroup[] {
  const failures = verdicts.filter(({ outcome }) => outcome === 'failed');
  const groups = Map.groupBy(failures, ({ check, evidence, grade, operation }) => {
    const location = evidence?.location?.replaceAll(/\/\d+(?=\/|$)/g, '/0');
    return JSON.stringify([check, grade, evidence?.pointer ?? operation, location]);
  });
  const all = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ check: first.check, first, verdicts: group }] : [];
  });
  const rank = ({ first }: FailureGroup) => (first.fatal ? 0 : 1);
  return all.sort((one, other) => rank(one) - rank(other));
}
