import type { Operation } from '../../../openapi/document/document.ts';
import { type BaseRequest, baseRequest } from '../../plan/requests/base-request.ts';
import { subscriptionTemplate } from '../../plan/webhooks/subscription-template.ts';
import type { BoundRecord } from '../environment/environment.ts';
import { establishPreconditions } from './establish-preconditions.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { refuseCall } from './refuse-call.ts';
import {
  callSuccessfully,
  NotPossible,
  readRecordAgain,
  type WebhookCaseContext,
} from './webhook-case-context.ts';

/** A call, and what it made once it was made. */
export interface PreparedCall extends PreparedCause {
  made(): BoundRecord | undefined;
}

/** An operation that creates a record, fires an event, or calls back. */
export async function prepareCall(
  caseContext: WebhookCaseContext,
  operation: Operation,
  key: string,
): Promise<PreparedCall> {
  const { addressed, facts } = caseContext.script;
  const { certain, preconditions, template: base } = requestOf(caseContext, operation, key);
  // An id of the document's example may name somebody's record.
  const { controls, manners } = caseContext.environment;
  if (!certain && !controls && !manners.isOwnServer)
    throw new NotPossible("what it would be about is not known to be the run's");
  const bindings = await establishPreconditions(caseContext, preconditions);
  const template = addressed ? addressed(base, caseContext.inbox.urlOf('own')) : base;
  // The payload of what an operation itself emits is made from its answer.
  const isByCall = facts.emits?.pointer.startsWith(operation.pointer) === true;
  let made: BoundRecord | undefined;
  return {
    what: `${operation.id} was called`,
    async act() {
      const calling = { name: 'cause', operation, template, bindings };
      const { created, exchange, index } = await callSuccessfully(caseContext, calling);
      made = created;
      const answered = exchange.response?.json?.value;
      const change = { before: null, after: created?.record ?? answered ?? null };
      return { change: isByCall ? { ...change, response: answered } : change, exchange: index };
    },
    async look({ change }) {
      if (!made || !change) return change;
      const after = await readRecordAgain(caseContext, made.collection, made.id, made.path);
      return after === undefined ? change : { ...change, after };
    },
    refuse: () => refuseCall(caseContext, { operation, template, bindings }),
    made: () => made,
  };
}

/** The request that causes it: where a subscription does, another one, whose deliveries go nowhere. */
function requestOf(caseContext: WebhookCaseContext, operation: Operation, key: string): BaseRequest {
  const { context } = caseContext.environment;
  const { facts, subscription } = caseContext.script;
  if (subscription?.create !== operation) return baseRequest(context, operation, { unique: key });
  const url = caseContext.inbox.urlOf('spare');
  const request = subscriptionTemplate(context, subscription, { url, event: facts.event, secret: key });
  if (typeof request === 'string') throw new NotPossible(request);
  return request;
}
