import { createHash } from 'node:crypto';
import { type Delivery, headerOf } from './delivery.ts';
import { bodyText, isJsonObject, type JsonObject } from './json-text.ts';
import type { Provider } from './right-steps.ts';
import { verifyApitree } from './schemes/apitree.ts';
import { verifyGithub } from './schemes/github.ts';
import { verifyHover } from './schemes/hover.ts';
import { verifySecretHeader } from './schemes/secret-header.ts';
import { verifyStandard } from './schemes/standard-webhooks.ts';
import { verifyStripe } from './schemes/stripe.ts';
import type { Event } from './steps.ts';

/** Which document a receiver is made for: a bundled API by its name, or the shop under a scheme. */
export type Subject =
  | 'shop-standard-webhooks'
  | 'shop-stripe'
  | 'shop-github'
  | 'hover'
  | 'apitree'
  | 'rehive';

/** The secret of each subject's subscription, as its provider would give it out. */
export const secrets: Readonly<Record<Subject, string>> = {
  'shop-standard-webhooks': 'whsec_c2VjcmV0IG9mIHRoZSByZWNlaXZlcnMgcHJvb2Y=',
  'shop-stripe': 'whsec_receivers_proof',
  'shop-github': "It's a Secret to Everybody",
  hover: 'hover receivers proof',
  apitree: 'apitree receivers proof',
  rehive: 'rehive receivers proof',
};

/** A second secret of the same subject, of which a receiver in rotation knows too. */
export const nextSecrets: Readonly<Record<Subject, string>> = {
  ...secrets,
  'shop-standard-webhooks': 'whsec_dGhlIG5leHQgc2VjcmV0IG9mIHRoZSBwcm9vZg==',
  'shop-stripe': 'whsec_receivers_proof_next',
};

type Told = Pick<Event, 'type' | 'known' | 'action' | 'key' | 'version' | 'fields'>;

function textIn(value: JsonObject, name: string): string | undefined {
  const found = value[name];
  return typeof found === 'string' ? found : undefined;
}

/** Where a scheme gives a delivery no id, its bytes are one: they hold the moment of the event. */
function digestOf({ body }: Delivery): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 32);
}

function eventOf(told: Told, deliveryId: string, delivery: Delivery): Event {
  return { ...told, deliveryId, text: bodyText(delivery.body) };
}

const shopActions: Readonly<Record<string, Event['action']>> = {
  'order.created': 'created',
  'order.updated': 'updated',
  'order.deleted': 'deleted',
};

/** An event of the shop: one of an unknown type is taken whatever its data, one of a known type must tell an order. */
function readShop(value: unknown): (Told & { id: string }) | undefined {
  if (!isJsonObject(value)) return undefined;
  const [id, type] = [textIn(value, 'id'), textIn(value, 'type')];
  if (id === undefined || type === undefined) return undefined;
  const action = Object.hasOwn(shopActions, type) ? shopActions[type] : undefined;
  if (!action) return { id, type, known: false, action: 'told', key: null, version: 0, fields: {} };
  if (!isJsonObject(value.data)) return undefined;
  const key = textIn(value.data, 'id');
  const version = Date.parse(textIn(value.data, 'updated_at') ?? '');
  if (key === undefined || Number.isNaN(version)) return undefined;
  return { id, type, known: true, action, key, version, fields: value.data };
}

function shop(verify: Provider['verify'], idHeader?: string): Provider {
  return {
    verify,
    read(value, delivery) {
      const told = readShop(value);
      const id = idHeader === undefined ? told?.id : headerOf(delivery, idHeader);
      return told && eventOf(told, id ?? told.id, delivery);
    },
  };
}

function readHover(value: unknown, delivery: Delivery): Event | undefined {
  if (!isJsonObject(value)) return undefined;
  const type = textIn(value, 'event');
  if (type === undefined) return undefined;
  const told: Told = { type, known: true, action: 'told', key: null, version: 0, fields: value };
  return eventOf(told, digestOf(delivery), delivery);
}

function readApitree(value: unknown, delivery: Delivery): Event | undefined {
  if (!isJsonObject(value)) return undefined;
  const type = textIn(value, 'name');
  if (type === undefined || !isJsonObject(value.resource)) return undefined;
  const key = textIn(value.resource, 'id') ?? null;
  const version = Date.parse(textIn(value, 'timestamp') ?? '') || 0;
  const action = type.endsWith('.deleted') ? 'deleted' : 'updated';
  const told: Told = { type, known: true, action, key, version, fields: value.resource };
  return eventOf(told, digestOf(delivery), delivery);
}

function readRehive(value: unknown, delivery: Delivery): Event | undefined {
  if (!isJsonObject(value)) return undefined;
  const type = textIn(value, 'event');
  if (type === undefined || !isJsonObject(value.data)) return undefined;
  const id = textIn(value.data, 'id');
  const updated = value.data.updated ?? value.data.created;
  const told: Told = {
    type,
    known: true,
    action: type.endsWith('.create') ? 'created' : 'updated',
    key: id === undefined ? null : `${type.split('.')[0]}/${id}`,
    version: typeof updated === 'number' ? updated : 0,
    fields: value.data,
  };
  return eventOf(told, digestOf(delivery), delivery);
}

/** The right receiver's own part of each subject, given the secrets that it honours. */
export function providerOf(subject: Subject, honoured: readonly string[]): Provider {
  switch (subject) {
    case 'shop-standard-webhooks':
      return shop((delivery) => verifyStandard(delivery, honoured), 'webhook-id');
    case 'shop-stripe':
      return shop((delivery) => verifyStripe(delivery, honoured));
    case 'shop-github':
      return shop((delivery) => verifyGithub(delivery, honoured), 'x-github-delivery');
    case 'hover':
      return { verify: (delivery) => verifyHover(delivery, honoured), read: readHover };
    case 'apitree':
      return { verify: (delivery) => verifyApitree(delivery, honoured), read: readApitree };
    case 'rehive':
      return { verify: (delivery) => verifySecretHeader(delivery, honoured), read: readRehive };
  }
}
