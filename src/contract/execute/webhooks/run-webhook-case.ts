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
  if (!environment.mailroom) return { case: planned, exchanges: [], bindings: {}, notRun: unreachable };
  const mailroom = await environment.mailroom();
  const box = mailroom.open();
  const stage = openStage(environment, planned, script, mailroom, box);
  const { exchanges, moments, namespace, owned } = stage;
  let notRun: string | undefined;
  let letters: readonly ArrivedWebhook[] = [];
  try {
    await scenarios[script.aim](stage);
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    notRun = error.message;
  } finally {
    // What cleaning up makes arrive is nothing of the case's.
    letters = [...box.letters];
    await cleanUp(environment, owned, namespace);
    if (namespace !== undefined) await environment.controls?.drop(namespace);
    box.close();
  }
  const arrivals = examineWebhooks(letters, stage);
  const webhook = { moments, arrivals, isMock: environment.controls !== undefined };
  return { case: planned, exchanges, bindings: {}, notRun, webhook };
}

function openStage(
  environment: Environment,
  planned: Case,
  script: WebhookScript,
  mailroom: WebhookReceiver,
  box: WebhookInbox,
): WebhookCaseContext {
  const digest = hash('sha256', planned.id).slice(0, 12);
  return {
    environment,
    namespace: environment.namespace && `${environment.namespace}-w${digest}`,
    key: planned.id,
    bindings: new Map(),
    owned: [],
    planned,
    script,
    box,
    mailroom,
    exchanges: [],
    moments: [],
    subscribed: undefined,
  };
}
