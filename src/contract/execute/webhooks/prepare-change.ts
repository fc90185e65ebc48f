import type { WebhookCause } from '../../model/webhook-script.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { freshIds } from '../../plan/webhooks/event-record.ts';
import { establishPrecondition } from '../records/establish-precondition.ts';
import { establishPreconditions } from './establish-preconditions.ts';
import type { PreparedCause } from './prepared-cause.ts';
import { refuseCall } from './refuse-call.ts';
import {
  bare,
  call,
  callSuccessfully,
  NotPossible,
  readRecordAgain,
  type WebhookCaseContext,
} from './webhook-case-context.ts';

/** A record of the run's that the API is about to change or to delete. */
export async function prepareChange(
  caseContext: WebhookCaseContext,
  { change, collection, operation }: Extract<WebhookCause, { by: 'operation' }>,
  key: string,
): Promise<PreparedCause> {
  const { context, controls } = caseContext.environment;
  if (!collection || collection.idParameter === undefined) throw new NotPossible('it is about no record');
  const { id: idField, idParameter, name } = collection;
  const boundRecord = await establishPrecondition(
    { ...caseContext, key },
    { name, collection: name, usableFor: undefined },
  );
  if (typeof boundRecord === 'string') throw new NotPossible(boundRecord);
  if (!boundRecord.owned && !controls) throw new NotPossible(`the run did not create this one of ${name}`);
  const { preconditions, template } = baseRequest(context, operation, { fullest: true, unique: key });
  const bindings = await establishPreconditions(
    caseContext,
    preconditions.filter((precondition) => precondition.collection !== name),
  );
  bindings.set(name, boundRecord);
  const look = () => readRecordAgain(caseContext, name, boundRecord.id, boundRecord.path);
  const before = (await look()) ?? boundRecord.record;
  return {
    what: `${operation.id} was called`,
    async act() {
      const { index } = await callSuccessfully(caseContext, { name: 'cause', operation, template, bindings });
      return { change: { before, after: null }, exchange: index };
    },
    look: async () => ({ before, after: change === 'delete' ? null : await look() }),
    async refuse() {
      if (change === 'update') return refuseCall(caseContext, { operation, template, bindings });
      const nobody = { ...boundRecord.path, [idParameter]: freshIds(context, name, `${key} ${idField}`)[0] };
      const calling = { name: 'refused', operation, template: bare(operation, nobody) };
      const { exchange, index } = await call(caseContext, { ...calling, expect: 'any' });
      return (exchange.response?.status ?? 0) >= 400 ? { exchange: index } : undefined;
    },
  };
}
