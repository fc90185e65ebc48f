import { hash } from 'node:crypto';
import { SparringError } from '../../../errors.ts';
import { isObject } from '../../../openapi/is-object.ts';
import type { Verification } from '../../../webhooks/signers/signer.ts';
import { type ReceivedWebhook, verifyWebhook } from '../../../webhooks/verify-webhook.ts';
import type { Case, CaseRun, Exchange } from '../../types.ts';
import { isToHandshake } from '../../webhook-arrivals.ts';
import type { Arrival, WebhookMoment, WebhookScript } from '../../webhook-types.ts';
import { cleanUp } from '../clean-up.ts';
import type { Environment } from '../environment.ts';
import { courses } from './courses.ts';
import type { Letter } from './mailroom.ts';
import { NotPossible, type Stage } from './stage.ts';

/** Runs a case about webhooks: on a mock in a namespace of its own, whose time is the case's. */
export async function runWebhookCase(
  environment: Environment,
  planned: Case,
  script: WebhookScript,
): Promise<CaseRun> {
  if (!environment.mailroom)
    return notRun(
      planned,
      'it cannot reach this machine; give the address of a tunnel to it with --receiver',
    );
  const mailroom = await environment.mailroom();
  const box = mailroom.open();
  const own = environment.namespace && `${environment.namespace}-w${hash('sha256', planned.id).slice(0, 12)}`;
  const exchanges: Exchange[] = [];
  const moments: WebhookMoment[] = [];
  const stage: Stage = {
    environment,
    namespace: own,
    key: planned.id,
    bindings: new Map(),
    owned: [],
    planned,
    script,
    box,
    mailroom,
    exchanges,
    moments,
    subscribed: undefined,
  };
  let reason: string | undefined;
  let letters: readonly Letter[] = [];
  try {
    await courses[script.aim](stage);
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error;
    reason = error.message;
  } finally {
    // What cleaning up makes arrive is nothing of the case's.
    letters = [...box.letters];
    await cleanUp(environment, stage.owned, own);
    if (own !== undefined) await environment.controls?.drop(own);
    box.close();
  }
  const arrivals = ownOf(letters, stage).map((letter) => examined(letter, moments, stage));
  const isMock = environment.controls !== undefined;
  return { case: planned, exchanges, bindings: {}, notRun: reason, webhook: { moments, arrivals, isMock } };
}

/** On a server that others use too, only what speaks of records that the case made is taken for its own. */
function ownOf(letters: readonly Letter[], { environment, owned, script }: Stage): readonly Letter[] {
  if (environment.isLoopback) return letters;
  const ids = new Set(owned.map(({ id }) => id));
  const { find } = environment.context.collections;
  const names = new Set(owned.map(({ collection }) => find(collection)?.id));
  const isId = (name: string) => names.has(name) || /id$/i.test(name);
  return letters.filter((letter) => isToHandshake(letter, script) || speaksOf(letter.json, ids, isId));
}

/** Whether a field that holds an id holds one of these, at any depth. */
function speaksOf(value: unknown, ids: ReadonlySet<string>, isId: (name: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => speaksOf(item, ids, isId));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, part]) => (isId(name) && ids.has(String(part))) || speaksOf(part, ids, isId),
  );
}

function notRun(planned: Case, reason: string): CaseRun {
  return { case: planned, exchanges: [], bindings: {}, notRun: reason };
}

/** A letter with what its signature is worth, by the secrets of the moment it belongs to. */
function examined(letter: Letter, moments: readonly WebhookMoment[], { script, subscribed }: Stage): Arrival {
  const moment = moments[letter.moment];
  const facts = isToHandshake(letter, script) ? script.handshake?.facts : moment?.facts;
  const { options, scheme } = facts?.policy.signature ?? { scheme: 'none', options: {} };
  const secrets = moment?.secrets ?? [];
  if (scheme === 'none' || secrets.length === 0 || letter.address !== 'own')
    return { ...letter, verification: undefined };
  const { at, body, headers, method, url } = letter;
  const verification = verified(scheme, {
    headers,
    body,
    method,
    url,
    secrets,
    now: Math.floor(at / 1000),
    options,
    ...(subscribed && { subscriptionId: subscribed.bound.id }),
  });
  return { ...letter, verification };
}

function verified(scheme: string, webhook: ReceivedWebhook): Verification {
  try {
    return verifyWebhook(scheme, webhook);
  } catch (error) {
    if (!(error instanceof SparringError)) throw error;
    return { valid: false, reason: 'signature-mismatch', message: error.message };
  }
}
