import { isObject } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import { freeNumber } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult, SubscribesContext } from '../model/provider.ts';
import { parseCondition } from './condition.ts';
import { ConditionError } from './condition-tokens.ts';
import { listPage } from './list-page.ts';
import { existingOrRefused, refuseRequest, success } from './success.ts';

const collection = 'webhooks';
const writable = ['url', 'event', 'condition', 'secret', 'enabled', 'archived'] as const;
const filters = ['event', 'url', 'secret'] as const;
/** The secret of a webhook that was given none ("Create Webhook", optional fields). */
const defaultSecret = 'secret';

/** GET /3/admin/webhooks/ */
export function listRehiveWebhooks(context: BehaviourContext): BehaviourResult {
  const { query, unit } = context;
  const wanted = filters.filter((field) => query[field] !== undefined);
  const records = unit.collection(collection).list();
  return listPage(
    context,
    records
      .map(({ value }) => value)
      .filter((webhook) => wanted.every((field) => webhook[field] === query[field])),
  );
}

/** POST /3/admin/webhooks/ */
export function createRehiveWebhook({ body, unit }: BehaviourContext): BehaviourResult {
  const webhooks = unit.collection(collection);
  const id = freeNumber(webhooks);
  const times = { created: unit.now, updated: unit.now };
  const webhook: RecordValue = {
    id,
    url: '',
    event: '',
    condition: null,
    secret: defaultSecret,
    enabled: true,
    service: null,
    archived: false,
    ...fieldsOf(body),
    ...times,
  };
  assertAllowed(unit, webhook);
  return success(webhooks.insert(String(id), webhook).value, 201);
}

/** GET /3/admin/webhooks/{id}/ */
export function getRehiveWebhook({ path, unit }: BehaviourContext): BehaviourResult {
  return success(existingOrRefused(unit, collection, path.id).value);
}

/** PATCH and PUT /3/admin/webhooks/{id}/: what is left out stays, whichever method. */
export function updateRehiveWebhook({ body, path, unit }: BehaviourContext): BehaviourResult {
  const { id, value } = existingOrRefused(unit, collection, path.id);
  const webhook = { ...value, ...fieldsOf(body), updated: unit.now };
  assertAllowed(unit, webhook);
  return success(unit.collection(collection).replace(id, webhook).value);
}

/** DELETE /3/admin/webhooks/{id}/: its tasks stay. */
export function deleteRehiveWebhook({ path, unit }: BehaviourContext): BehaviourResult {
  unit.collection(collection).delete(existingOrRefused(unit, collection, path.id).id);
  return { status: 200, body: { status: 'success' } };
}

/** Whether an event's data meets a webhook's condition. One that cannot be read (the state can be edited) lets nothing through. */
export function rehiveSubscribes({ payload, subscription }: SubscribesContext): boolean {
  const { condition } = subscription;
  if (typeof condition !== 'string' || condition.trim() === '') return true;
  try {
    return parseCondition(condition)(isObject(payload) ? payload.data : undefined);
  } catch (error) {
    if (error instanceof ConditionError) return false;
    throw error;
  }
}

function fieldsOf(body: unknown): RecordValue {
  if (!isObject(body)) return {};
  return Object.fromEntries(
    writable.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]),
  );
}

/** Throws `invalid-request` for a condition that cannot be read, and for a second webhook with the same URL and event. */
function assertAllowed(unit: UnitOfWork, webhook: RecordValue): void {
  const { condition, event, id, url } = webhook;
  if (typeof condition === 'string' && condition.trim() !== '') assertCondition(condition);
  const isSame = ({ value }: StoredRecord) => value.url === url && value.event === event && value.id !== id;
  if (unit.collection(collection).list().some(isSame)) {
    throw refuseRequest(undefined, 'unique', 'A webhook with the url and event already exists.');
  }
}

function assertCondition(condition: string): void {
  try {
    parseCondition(condition);
  } catch (error) {
    if (error instanceof ConditionError) throw refuseRequest('condition', 'condition', error.message);
    throw error;
  }
}
