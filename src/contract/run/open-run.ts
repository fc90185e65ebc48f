import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ContractRun, PlannedRun } from '../execute/contract-run.ts';
import type { ContractOptions } from '../execute/environment/contract-options.ts';
import type { Environment } from '../execute/environment/environment.ts';
import { dropNamespaces, openEnvironment } from '../execute/environment/open-environment.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../execute/environment/webhook-receiver.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { assertAdmitted } from '../execute/records/assert-admitted.ts';
import { cleanUp } from '../execute/records/clean-up.ts';
import { restoreSingletons } from '../execute/records/restore-singletons.ts';
import { settleCreations } from '../execute/records/settle-creations.ts';
import type { Transport } from '../execute/transport/transport.ts';
import { makePlan, type PlanOptions } from '../plan/make-plan.ts';
import { createPlanContext } from '../plan/requests/plan-context.ts';
import { judge } from './judge.ts';

export function planRun(document: ApiDocument, options: PlanOptions): PlannedRun {
  const context = createPlanContext(document, options.seed ?? 1, options.values);
  return { context, plan: makePlan(document, options, context) };
}

/**
 * Gets ready to carry out a plan on a server: finds out whether somebody is there, and whether it is a mock.
 *
 * @throws SparringError `target-unreachable`, `credentials-refused`
 */
export async function openRun(
  { context, plan }: PlannedRun,
  target: Transport,
  options: ContractOptions,
): Promise<ContractRun> {
  let webhookReceiver: Promise<WebhookReceiver> | undefined;
  const openOnce = () => {
    webhookReceiver ??= openWebhookReceiver(options.receiver);
    return webhookReceiver;
  };
  const environment = await openEnvironment(context, target, options, openOnce);
  const operations = new Set(plan.cases.map(({ operation }) => operation));
  await assertAdmitted(environment, options.credentials ?? {}, operations);
  const { controls, isLoopback: local, leftovers, manners } = environment;
  noteRun(environment);
  const judging = {
    ...context,
    isLoopback: local,
    isMock: controls !== undefined,
    exclusive: options.exclusive ?? local,
  };
  return {
    plan,
    isMock: controls !== undefined,
    notices: environment.notices,
    leftovers,
    get leftOut() {
      return manners.leftOut;
    },
    execute: (cases, onCase) =>
      executePlan(
        environment,
        { ...plan, cases },
        { workers: options.workers ?? (controls ? 1 : 4), onCase },
      ),
    judge: (runs, checks = options.checks) =>
      judge(runs, judging, {
        checks,
        strict: options.strict ?? (controls !== undefined || manners.isOwnServer),
      }),
    async finish() {
      await finishCleanUp(environment);
      await settleCreations(environment);
    },
    async close() {
      await (await webhookReceiver)?.close();
      await finishCleanUp(environment);
      await settleCreations(environment);
      await dropNamespaces(environment);
    },
  };
}

/** What nobody was there to delete is tried once more, and what there is one of is put back. */
async function finishCleanUp(environment: Environment): Promise<void> {
  const { namespace, unfinished } = environment;
  await cleanUp(environment, unfinished, namespace);
  await restoreSingletons(environment);
  unfinished.length = 0;
}

/** The first line of a ledger: all that finishes the run later, but for credentials. */
function noteRun({ context, ledger, namespace, transport }: Environment): void {
  const { document, seed } = context;
  const { file, name } = document;
  const target = transport.url;
  ledger.add({ kind: 'run', api: name, file, target, seed, ...(namespace !== undefined && { namespace }) });
}
