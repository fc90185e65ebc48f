import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import { deriveFreshId } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type {
  BehaviourContext,
  BehaviourResult,
  ProviderContext,
  SubscribesContext,
} from '../model/provider.ts';

/** "Each user can create a maximum of 30 webhooks." */
const mostWebhooks = 30;

/** GET /webhooks: "all webhooks of the authenticated user", by API, user or organization, and event. */
export function listApitreeWebhooks(context: BehaviourContext): BehaviourResult {
  const { apiId, eventName, userId } = context.query;
  const found = webhooksOfUser(context).filter(
    ({ value }) =>
      (apiId === undefined || value.apiId === apiId) &&
      (userId === undefined || value.userId === userId) &&
      (eventName === undefined || namesIn(value.events).includes(eventName)),
  );
  return { status: 200, body: found.map(({ value }) => value) };
}

/** POST /webhooks: a webhook for the API or organization it names, else for the user; its secret is made here. */
export function createApitreeWebhook(context: BehaviourContext): BehaviourResult {
  const { settings, unit } = context;
  if (webhooksOfUser(context).length >= mostWebhooks) {
    throw new SparringError('limit-reached', `A user can have ${mostWebhooks} webhooks.`, {
      next: 'Delete a webhook first.',
    });
  }
  const { active = true, apiId, custom, events, url, userId } = fieldsOf(context);
  const webhooks = unit.collection('webhooks');
  const { derive, id } = deriveFreshId(unit, 'webhooks', (fresh) => fresh.uuid('id'));
  const now = utcSeconds(unit);
  const webhook = webhooks.insert(id, {
    id,
    user: { id: settings.user_id },
    ...(apiId === undefined ? { userId: userId ?? settings.user_id } : { apiId }),
    url,
    events: namesIn(events).map((name) => ({ name })),
    secret: Buffer.from(derive.bytes('secret', 16)).toString('hex'),
    active,
    ...(custom !== undefined && { custom }),
    createdAt: now,
    updatedAt: now,
  });
  return { status: 201, body: webhook };
}

/** PUT and PATCH /webhooks/{id}: what is omitted stays; what is read-only, the URL included, is ignored. */
export function updateApitreeWebhook(context: BehaviourContext): BehaviourResult {
  const { path, unit } = context;
  const webhooks = unit.collection('webhooks');
  const { apiId, userId, ...others } = webhooks.get(String(path.id))?.value ?? {};
  const former = { ...(apiId !== undefined && { apiId }), ...(userId !== undefined && { userId }) };
  const given = fieldsOf(context);
  const isAimed = given.apiId !== undefined || given.userId !== undefined;
  const target = isAimed ? pick(given, ['apiId', 'userId']) : former;
  const changed = pick(given, ['active', 'custom']);
  const events =
    given.events === undefined ? {} : { events: namesIn(given.events).map((name) => ({ name })) };
  webhooks.replace(String(path.id), {
    ...others,
    ...target,
    ...changed,
    ...events,
    updatedAt: utcSeconds(unit),
  });
  return { status: 204 };
}

/** A webhook is told of its one API, or of what belongs to its user or organization. */
export function apitreeSubscribes({ payload, subscription }: SubscribesContext): boolean {
  const { resource, resourceType } = objectOf(payload);
  const { apiId, id, userId } = objectOf(resource);
  if (subscription.apiId !== undefined) {
    return subscription.apiId === (resourceType === 'Api' ? id : apiId);
  }
  return userId === undefined || userId === subscription.userId;
}

function webhooksOfUser({ settings, unit }: ProviderContext): readonly StoredRecord[] {
  const webhooks = unit.collection('webhooks').list();
  return webhooks.filter(({ value }) => objectOf(value.user).id === settings.user_id);
}

function fieldsOf({ body }: BehaviourContext): RecordValue {
  return objectOf(body);
}

function pick(fields: RecordValue, names: readonly string[]): RecordValue {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

/** Of events only the names matter to a subscription. */
function namesIn(events: unknown): readonly unknown[] {
  return Array.isArray(events) ? events.map((event) => objectOf(event).name) : [];
}

function objectOf(value: unknown): RecordValue {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** As the samples write it: `2019-03-27T17:50:23Z`. */
function utcSeconds(unit: UnitOfWork): string {
  return new Date(unit.now).toISOString().replace(/\.\d+Z$/, 'Z');
}
