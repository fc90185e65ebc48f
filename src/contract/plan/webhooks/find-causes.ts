import { type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { WebhookCause, WebhookFacts } from '../../model/webhook-script.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { eventRecord, isAllowed, variedRecord } from './event-record.ts';
import { fieldToChange, isFiring, valuesAsked, valuesRefused } from './is-firing.ts';

/** The ways to fire an event of a collection's records, the API's own first, then those that only a mock has. */
export function findCauses(
  context: PlanContext,
  collection: string,
  facts: WebhookFacts,
): readonly WebhookCause[] {
  const record = eventRecord(context, collection, facts);
  const ways = ['create', 'update', 'delete'] as const;
  const written = ways.flatMap((change) => recordCause(context, collection, facts, record, change) ?? []);
  return [...byOperations(context, collection, facts, record), ...written];
}

function byOperations(
  context: PlanContext,
  name: string,
  facts: WebhookFacts,
  record: JsonObject,
): readonly WebhookCause[] {
  const collection = context.collections.find(name);
  if (!collection?.create) return [];
  const { create, updates } = collection;
  const fires = (before: unknown, after: unknown) => isFiring(context, facts, { before, after });
  const found: WebhookCause[] = [];
  if (fires(null, record)) found.push({ by: 'operation', change: 'create', operation: create, collection });
  const other = { ...record, ...variedRecord(context, name, record) };
  const [update] = updates;
  if (update && fires(record, other))
    found.push({ by: 'operation', change: 'update', operation: update, collection });
  if (collection.delete && fires(record, null))
    found.push({ by: 'operation', change: 'delete', operation: collection.delete, collection });
  if (found.length === 0) found.push({ by: 'time', operation: create, collection });
  return found;
}

/** A record of a mock and the writing of it that fires the event, where there is such a one. */
function recordCause(
  context: PlanContext,
  collection: string,
  facts: WebhookFacts,
  record: JsonObject,
  change: 'create' | 'update' | 'delete',
): WebhookCause | undefined {
  const when = facts.emits?.extension.when;
  const schema = context.model.resources.get(collection)?.schema;
  const asked = valuesAsked(when, 'after');
  if (change !== 'update') {
    const whole = { ...record, ...asked };
    const fires = change === 'create' ? { before: null, after: whole } : { before: whole, after: null };
    if (!isFiring(context, facts, fires)) return undefined;
    return { by: 'record', change, collection, record: whole, fields: {} };
  }
  for (const former of formersOf(context, collection, when, record)) {
    if (!isAllowed(context, schema, former)) continue;
    const moved = variedRecord(context, collection, { ...former, ...asked }, fieldToChange(when));
    for (const fields of [asked, { ...asked, ...moved }]) {
      const after = { ...former, ...fields };
      if (isAllowed(context, schema, after) && isFiring(context, facts, { before: former, after }))
        return { by: 'record', change, collection, record: former, fields };
    }
  }
  return undefined;
}

/** Records as they may have been before: with what the condition asks, and without what it rules out. */
function formersOf(
  context: PlanContext,
  collection: string,
  when: unknown,
  record: JsonObject,
): readonly JsonObject[] {
  const asked = valuesAsked(when, 'before');
  const refused = valuesRefused(when, 'before');
  const schema = context.model.resources.get(collection)?.schema;
  const properties = schema === undefined ? undefined : recordPropertiesOf(context.document, schema);
  const allowed = Object.entries(refused).map(([name, values]) => {
    const at = properties?.get(name);
    const { enum: listed } = at === undefined ? {} : objectOrEmpty(context.document.resolve(at)?.node);
    const others: readonly unknown[] = Array.isArray(listed) ? listed : [record[name], 'another'];
    return [name, others.find((other) => other !== undefined && !values.includes(other))] as const;
  });
  return [record, { ...record, ...asked, ...Object.fromEntries(allowed) }];
}
