import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { BrokenRule, Expectation } from '../../model/step.ts';
import type { WebhookCheckpoint } from '../../model/webhook-run.ts';
import type { WebhookScript } from '../../model/webhook-script.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import { makeStep } from '../../plan/requests/make-case.ts';
import type { BoundRecord, CaseContext } from '../environment/environment.ts';
import type { WebhookInbox, WebhookReceiver } from '../environment/webhook-receiver.ts';
import { findItems, findRecordIn } from '../records/find-record.ts';
import { noteCreation } from '../records/note-created.ts';
import { refusalOfWrite } from '../records/refusal-of-write.ts';
import { fillFrom, sendRequest, succeeded } from '../records/send-request.ts';

/** A subscription that the run made. */
export interface Subscribed {
  readonly boundRecord: BoundRecord;
  /** What was sent, with what the server says of it over that. */
  readonly record: JsonObject;
  /** As the server shows it now; undefined while it may have changed since it was looked at. */
  readonly shown: unknown;
  readonly secrets: readonly string[];
  /** Index of the exchange that made it. */
  readonly exchange: number;
}

/** What is known of one webhook case under way. */
export interface WebhookCaseContext extends CaseContext {
  readonly planned: Case;
  readonly script: WebhookScript;
  readonly inbox: WebhookInbox;
  readonly webhookReceiver: WebhookReceiver;
  readonly exchanges: CaseExchange[];
  readonly checkpoints: WebhookCheckpoint[];
  subscribed: Subscribed | undefined;
}

/** Something could not be done, so that the case says nothing (more): a clause without a full stop. */
export class NotPossible extends Error {}

interface Call {
  readonly name: string;
  readonly operation: Operation;
  readonly template: RequestTemplate;
  readonly expect?: Expectation;
  readonly broken?: BrokenRule | undefined;
  readonly bindings?: ReadonlyMap<string, BoundRecord>;
}

/** Calls the API as a step of the case; what it creates is owned, and deleted at the end. */
export async function call(
  caseContext: WebhookCaseContext,
  { bindings = new Map(), broken, expect = 'accepted', name, operation, template }: Call,
): Promise<{
  readonly exchange: CaseExchange;
  readonly index: number;
  readonly created: BoundRecord | undefined;
}> {
  const { environment, exchanges, namespace, owned } = caseContext;
  const filled = fillFrom(template, bindings);
  if ('missing' in filled) throw new NotPossible(filled.missing);
  const step = makeStep(environment.context, { name, operation, template, expect, broken });
  const about = bindings.get(step.of ?? '');
  const refusal = about && !isSafe(template.method) ? refusalOfWrite(environment, step, about) : undefined;
  if (refusal !== undefined) throw new NotPossible(refusal);
  const exchange = await sendRequest(environment, {
    operation,
    template: filled,
    expect,
    role: 'step',
    step,
    namespace,
  });
  if ('missing' in exchange) throw new NotPossible(exchange.missing);
  const index = exchanges.push(exchange) - 1;
  const role = environment.context.collections.roleOf(operation);
  const created =
    role?.role === 'create'
      ? await noteCreation(environment, role.collection, exchange, namespace)
      : undefined;
  if (created) owned.push(created);
  return { exchange, index, created };
}

/** As `call`, for what the case cannot go on without. */
export async function callSuccessfully(caseContext: WebhookCaseContext, calling: Call) {
  const called = await call(caseContext, calling);
  const { failure, response } = called.exchange;
  if (!succeeded(called.exchange))
    throw new NotPossible(`${calling.operation.id} was answered ${response?.status ?? failure?.message}`);
  return called;
}

/** A record as it is now: by the API where it can be read there, else past it on a mock. */
export async function readRecordAgain(
  caseContext: WebhookCaseContext,
  name: string,
  id: string,
  path: BoundRecord['path'],
): Promise<unknown> {
  const { environment, namespace } = caseContext;
  const collection = environment.context.collections.find(name);
  const { idParameter, list, read } = collection ?? {};
  if (collection && read && idParameter !== undefined) {
    const template = bare(read, { ...path, [idParameter]: id });
    const { exchange } = await call(caseContext, { name: 'read', operation: read, template });
    return findRecordIn(exchange.response?.json?.value, collection.id);
  }
  if (environment.controls && namespace !== undefined) {
    const { value } = await environment.controls.record(namespace, 'GET', { collection: name, id });
    return isObject(value) ? value : undefined;
  }
  if (!collection || !list) return undefined;
  const { exchange } = await call(caseContext, { name: 'list', operation: list, template: bare(list, path) });
  const items = findItems(exchange.response?.json?.value, collection.id) ?? [];
  return items.find((item) => String(item[collection.id]) === id);
}

/** A request of nothing but its path. */
export function bare(operation: Operation, path: BoundRecord['path']): RequestTemplate {
  const method = operation.method.toUpperCase();
  return { method, path, query: {}, headers: {}, cookies: {}, body: undefined, credentials: 'valid' };
}

type Marked = Pick<WebhookCheckpoint, 'expect' | 'what'> & Partial<WebhookCheckpoint>;

/** Begins a checkpoint: what arrives from now on belongs to it. Call before what it is named for. */
export function begin(caseContext: WebhookCaseContext, checkpoint: Marked): void {
  const { subscribed } = caseContext;
  caseContext.checkpoints.push({
    facts: caseContext.script.facts,
    secrets: subscribed?.secrets ?? [],
    subscription: subscribed?.shown,
    exchange: subscribed?.exchange ?? -1,
    ...checkpoint,
  });
  caseContext.inbox.checkpoint = caseContext.checkpoints.length - 1;
}

/** Says more of the checkpoint under way. */
export function amend(caseContext: WebhookCaseContext, more: Partial<WebhookCheckpoint>): void {
  const last = caseContext.checkpoints.pop();
  if (last) caseContext.checkpoints.push({ ...last, ...more });
}

/** Resolves when what is due has arrived: so many webhooks in the checkpoint under way, and no more. */
export async function awaitCheckpoint(caseContext: WebhookCaseContext, expected = 0): Promise<void> {
  const { inbox, environment, webhookReceiver, namespace } = caseContext;
  if (webhookReceiver.settle) return webhookReceiver.settle();
  if (environment.controls && namespace !== undefined) return environment.controls.settle(namespace);
  const before = inbox.webhooks.filter(({ checkpoint }) => checkpoint < inbox.checkpoint).length;
  if (expected > 0) await inbox.until(before + expected, webhookReceiver.patience);
  await inbox.until(Number.POSITIVE_INFINITY, webhookReceiver.quiet);
}

/** As `settle`, where nothing is claimed of what arrives: it is not waited for where nobody can tell that it has. */
export async function settleUnclaimed(caseContext: WebhookCaseContext): Promise<void> {
  if (caseContext.webhookReceiver.settle || caseContext.environment.controls)
    await awaitCheckpoint(caseContext);
}

/** Lets time go by, which only a mock can. */
export async function pass(caseContext: WebhookCaseContext, milliseconds: number): Promise<void> {
  const { credentials, controls } = caseContext.environment;
  if (!controls || caseContext.namespace === undefined) return;
  await controls.advance(caseContext.namespace, `${Math.ceil(milliseconds)}ms`);
  credentials.forget(caseContext.namespace);
  await awaitCheckpoint(caseContext);
}

/** Time in words. */
export function words(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function fieldsSent({ sent }: CaseExchange): JsonObject {
  return objectOrEmpty(sent.body?.value);
}
