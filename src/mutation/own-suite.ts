import { checks } from '../contract/checks/index.ts';
import type { ContractRun, PlannedRun } from '../contract/execute/contract-run.ts';
import { undiciTransport } from '../contract/execute/transport/undici-transport.ts';
import type { Case } from '../contract/model/case.ts';
import type { CaseRun } from '../contract/model/case-run.ts';
import type { Verdict } from '../contract/model/verdict.ts';
import { openRun } from '../contract/run/open-run.ts';
import { SparringError } from '../errors.ts';
import { mockApis } from '../server/create-mock.ts';
import type { Mutation } from './mutants/mutant.ts';
import type { Suite, SuiteVerdict } from './suite.ts';
import { standstill } from './witness-world.ts';

/** Milliseconds that a mutant may take for one answer. */
const timeout = 5000;

/** The contract kit as the suite: the cases about the operation that is wrong first, then all others, up to the first failure. */
export function ownSuite(planned: PlannedRun, seed: number): Suite {
  return {
    name: 'the contract kit',
    async run(api, mutation) {
      const mock = await mockApis(new Map([[api.name, api]]), { port: 0, now: standstill, seed });
      const transport = await undiciTransport(`${mock.url}/${api.name}`, { timeout });
      try {
        const now = () => Date.parse(standstill);
        const run = await openRun(planned, transport, { now, ownServer: true });
        const verdict = await runInParts(run, partsFor(planned, mutation), mutation);
        await run.close();
        return verdict;
      } catch (error) {
        if (!(error instanceof SparringError)) throw error;
        return { failed: true, because: error.message };
      } finally {
        await transport.close();
        await mock.close();
      }
    },
  };
}

/** The cases in the order in which they are likely to see the mutation. */
function partsFor(
  { plan: { cases } }: PlannedRun,
  mutation: Mutation | undefined,
): readonly (readonly Case[])[] {
  const operation = mutation?.operation;
  // The place of a fault in what a webhook says begins with its event.
  const isTold = ({ webhook }: Case) =>
    webhook !== undefined && mutation?.place.startsWith(webhook.facts.event) === true;
  const isNear = (each: Case) =>
    operation !== undefined &&
    (each.operation.id === operation.id || each.steps.some((step) => step.operation.id === operation.id));
  const isBelow = (each: Case) => operation !== undefined && each.operation.path.startsWith(operation.path);
  const groups = Map.groupBy(cases, (each) =>
    isTold(each) ? 'told' : isNear(each) ? 'near' : isBelow(each) ? 'below' : 'rest',
  );
  return (['told', 'near', 'below', 'rest'] as const).flatMap((name) => {
    const part = groups.get(name);
    return part ? [part] : [];
  });
}

async function runInParts(
  run: ContractRun,
  parts: readonly (readonly Case[])[],
  mutation: Mutation | undefined,
): Promise<SuiteVerdict> {
  const runs: CaseRun[] = [];
  let verdicts: readonly Verdict[] = [];
  for (const part of parts) {
    runs.push(...(await run.execute(part)).runs);
    verdicts = run.judge(runs);
    const fatal = verdicts.find((verdict) => verdict.fatal);
    if (fatal) return { failed: true, because: `${fatal.check}: ${fatal.evidence?.seen ?? fatal.rule}` };
  }
  return { failed: false, because: whyNot(verdicts, runs, mutation) };
}

/** Checks that look at every answer say nothing of why a fault elsewhere was not seen. */
const general = [
  'answers',
  'no-server-error',
  'status-documented',
  'media-type',
  'response-schema',
  'response-headers',
];

/** What looked at the operation that is wrong, and what each of those cannot see. */
function whyNot(
  verdicts: readonly Verdict[],
  runs: readonly CaseRun[],
  mutation: Mutation | undefined,
): string {
  const id = mutation?.operation?.id;
  const about = verdicts.filter(({ operation }) => id === undefined || operation === id);
  const failed = about.find(({ outcome }) => outcome === 'failed');
  if (failed) return `only a convention was broken: ${failed.check}`;
  const lost = runs.find((run) => run.notRun !== undefined && run.case.operation.id === id);
  const looked = new Set(about.map(({ check }) => check));
  const blind = checks.filter((check) => looked.has(check.id) && !general.includes(check.id));
  return [
    ...(lost ? [`${lost.case.id} was not run, as ${lost.notRun}`] : []),
    blind.length === 0 ? 'none but general checks looked at it' : 'of those that looked',
    ...blind.map((check) => `${check.id} cannot see: ${check.blindTo}`),
  ].join('; ');
}
