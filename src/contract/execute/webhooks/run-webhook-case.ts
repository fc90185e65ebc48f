import { hash } from 'node:crypto';
import type { Case } from '../../model/case.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { WebhookScript } from '../../model/webhook-script.ts';
import type { Environment } from '../environment/environment.ts';
import type { ArrivedWebhook, WebhookInbox, WebhookReceiver } from '../environment/webhook-receiver.ts';
import { cleanUp } from '../records/clean-up.ts';
import { examineWebhooks } from './examine-webhooks.ts';
import { scenarios } from './scenarios.ts';
import { NotPossible, type WebhookCaseContext } from './webhook-case-context.ts';

const unreachable = 'it cannot reach this machine; give the address of a tunnel to it with --receiver';

/** Runs a case about webhooks: on a mock in a namespace of its own, whose time is the case's. */
export async function runWebhookCase(
  environment: Environment,
  planned: Case,
  script: WebhookScript,
): Promise<CaseRun> {
  if (!environment.webhookReceiver)
    return { case: planned, exchanges: [], bindings: {}, notRun: unreachable };
  const webhookReceiver = await environment.webhookReceiver();
  const inbox = webhookReceiver.open();
  const caseContext = openStage(environment, planned, script, webhookReceiver, inbox);
  const { exchanges, checkpoints, namespace, owned } = caseContext;
  let notRun: string | undefined;
  let webhooks: readonly ArrivedWebhook[] = [];
  try {
    await scenarios[script.aim](caseContext);
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    notRun = error.message;
  } finally {
    // What cleaning up makes arrive is nothing of the case's.
    webhooks = [...inbox.webhooks];
    await cleanUp(environment, owned, namespace);
    if (namespace !== undefined) await environment.controls?.drop(namespace);
    inbox.close();
  }
  const arrivals = examineWebhooks(webhooks, caseContext);
  const webhook = { checkpoints, arrivals, isMock: environment.controls !== undefined };
  return { case: planned, exchanges, bindings: {}, notRun, webhook };
}

function openStage(
  environment: Environment,
  planned: Case,
  script: WebhookScript,
  webhookReceiver: WebhookReceiver,
  inbox: WebhookInbox,
): WebhookCaseContext {
  const digest = hash('sha256', planned.id).slice(0, 12);
  return {
    environment,
    namespace: environment.namespace && `${environment.namespace}-w${digest}`,
    key: planned.id,
    bindings: new Map(),
    owned: [],
    deleted: new Set(),
    planned,
    script,
    inbox,
    webhookReceiver,
    exchanges: [],
    checkpoints: [],
    subscribed: undefined,
  };
}
