import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { freeNumber } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { organisation } from './organisation.ts';

/** Registrations of one URL; a third is refused (a user's notes from production). */
const mostOfOneUrl = 2;
/** The id of the page's sample; others follow it. */
const sampleId = 12_343;
const secretBytes = 64;

/** POST /api/v2/webhooks: the webhook waits to be verified, and its URL is sent the code. */
export function registerHoverWebhook({ body, unit }: BehaviourContext): BehaviourResult {
  const webhooks = unit.collection('webhooks');
  const url = isObject(body) && isObject(body.webhook) ? String(body.webhook.url) : '';
  if (webhooks.list().filter(({ value }) => value.url === url).length >= mostOfOneUrl) {
    throw new SparringError('invalid-request', 'The URL has been registered twice already.', {
      violations: [
        { location: 'body/webhook/url', code: 'unique', message: 'has been registered twice already' },
      ],
    });
  }
  const derive = unit.derive('webhooks', webhooks.nextOrdinal);
  const id = freeNumber(webhooks, sampleId + webhooks.nextOrdinal);
  const now = new Date(unit.now).toISOString();
  const webhook = webhooks.insert(String(id), {
    id,
    owner_type: 'Org',
    owner_id: organisation,
    url,
    created_at: now,
    updated_at: now,
    verified_at: null,
    hmac_secret: Buffer.from(derive.bytes('hmac_secret', secretBytes)).toString('base64'),
    last_error: null,
    content_type: 'json',
  });
  sendCode(unit, webhook);
  return { status: 201, body: webhook };
}

/** GET /api/v2/webhooks, a page at a time. */
export function listHoverWebhooks({ query, unit }: BehaviourContext): BehaviourResult {
  const all = unit.collection('webhooks').list();
  const [page, size] = [Number(query.page ?? 1), Number(query.per_page ?? 25)];
  const results = all.slice((page - 1) * size, page * size).map(({ value }) => value);
  const pagination = {
    current_page: page,
    total_pages: Math.max(1, Math.ceil(all.length / size)),
    total: all.length,
  };
  return { status: 200, body: { pagination, results } };
}

/** PUT /api/v2/webhooks/{code}/verify: a code is good once. */
export function verifyHoverWebhook({ path, unit }: BehaviourContext): BehaviourResult {
  const verifications = unit.collection('verifications');
  const found = verifications.list().find(({ value }) => value.code === path.code);
  const webhook = found && unit.collection('webhooks').get(found.id);
  if (!found || !webhook) throw new SparringError('record-not-found', 'There is no such verification code.');
  const now = new Date(unit.now).toISOString();
  unit.collection('webhooks').replace(webhook.id, { ...webhook.value, verified_at: now, updated_at: now });
  verifications.delete(found.id);
  return { status: 200 };
}

/** POST /api/v2/webhooks/{id}/request_verification: a new code, which is also sent. */
export function requestVerification({ path, unit }: BehaviourContext): BehaviourResult {
  const webhook = webhookAt(unit, path.id);
  if (webhook.value.verified_at !== null) {
    throw new SparringError('invalid-request', 'The webhook has been verified already.');
  }
  const code = sendCode(unit, webhook);
  return { status: 200, body: { event: 'webhook-verification-code', code, webhook_id: webhook.value.id } };
}

function webhookAt(unit: UnitOfWork, id: unknown): StoredRecord {
  const webhook = unit.collection('webhooks').get(String(id));
  if (webhook) return webhook;
  throw new SparringError('record-not-found', 'There is no such webhook.');
}

/** Puts a new code in the place of the former; that fires the event which carries it. */
function sendCode(unit: UnitOfWork, { id, value }: StoredRecord): string {
  const verifications = unit.collection('verifications');
  const code = unit.derive('verifications', verifications.takeOrdinal()).uuid('code');
  const verification = { id: value.id, code, url: value.url, hmac_secret: value.hmac_secret };
  if (verifications.get(id)) verifications.replace(id, verification);
  else verifications.insert(id, verification);
  return code;
}
