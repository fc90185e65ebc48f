import { createHash, createHmac, randomUUID } from 'node:crypto';
import { nowInSeconds } from './delivery.ts';
import { nextSecrets, type Subject, secrets } from './providers.ts';
import { githubSignature } from './schemes/github.ts';
import { standardContent, standardSignature } from './schemes/standard-webhooks.ts';
import { stripeSignature } from './schemes/stripe.ts';

/** How a delivery strays from the right one. */
export interface Stray {
  readonly secret?: string;
  /** Stands beside the subject's own secret, before or after it. */
  readonly beside?: 'before' | 'after';
  readonly stamp?: string;
  /** Sign this instead of the body. */
  readonly signed?: Buffer;
  readonly weakOnly?: boolean;
}

export type Headers = Readonly<Record<string, string>>;

const json = { 'Content-Type': 'application/json' };

function idIn(body: Buffer): string {
  return /"id":\s*"(evt_[^"]*)"/.exec(body.toString('utf8'))?.[1] ?? randomUUID();
}

/** Headers of a delivery of a subject, signed as its provider signs, or astray. */
export function signedHeaders(subject: Subject, url: string, body: Buffer, stray: Stray = {}): Headers {
  const own = secrets[subject];
  const honoured =
    stray.beside === 'before'
      ? [nextSecrets[subject], own]
      : stray.beside === 'after'
        ? [own, nextSecrets[subject]]
        : [stray.secret ?? own];
  const secret = honoured[0] ?? own;
  const stamp = stray.stamp ?? String(nowInSeconds());
  const signed = stray.signed ?? body;
  switch (subject) {
    case 'shop-standard-webhooks': {
      const id = idIn(body);
      const signatures = honoured.map((one) => standardSignature(one, standardContent(id, stamp, signed)));
      return {
        ...json,
        'webhook-id': id,
        'webhook-timestamp': stamp,
        'webhook-signature': signatures.join(' '),
      };
    }
    case 'shop-stripe': {
      const version = stray.weakOnly ? 'v0' : 'v1';
      const algorithm = stray.weakOnly ? 'sha1' : 'sha256';
      const signatures = honoured.map(
        (one) => `${version}=${stripeSignature(one, stamp, signed, algorithm)}`,
      );
      return { ...json, 'Stripe-Signature': [`t=${stamp}`, ...signatures].join(',') };
    }
    case 'shop-github':
      return {
        ...json,
        'X-GitHub-Delivery': idIn(body),
        'X-Hub-Signature': githubSignature(secret, signed, 'sha1'),
        ...(stray.weakOnly ? {} : { 'X-Hub-Signature-256': githubSignature(secret, signed, 'sha256') }),
      };
    case 'hover': {
      const date = new Date(Number(stamp) * 1000).toUTCString();
      const digest = createHash('md5').update(signed).digest('base64');
      const content = `application/json,${digest},${new URL(url).pathname},${date}`;
      const mac = (algorithm: string) => createHmac(algorithm, secret).update(content).digest('base64');
      return {
        ...json,
        Date: date,
        'Hover-Signature': `sha1=7:${mac('sha1')}`,
        ...(stray.weakOnly ? {} : { 'Hover-Signature-256': `sha256=7:${mac('sha256')}` }),
      };
    }
    case 'apitree':
      return {
        ...json,
        'X-ApiTree-Signature': createHmac('sha1', secret).update(url).update(signed).digest('base64'),
      };
    case 'rehive':
      return { ...json, Authorization: `Secret ${secret}` };
  }
}

/** The header that carries the signature. */
export const signatureHeader: Readonly<Record<Subject, string>> = {
  'shop-standard-webhooks': 'webhook-signature',
  'shop-stripe': 'Stripe-Signature',
  'shop-github': 'X-Hub-Signature-256',
  hover: 'Hover-Signature-256',
  apitree: 'X-ApiTree-Signature',
  rehive: 'Authorization',
};

/** An event of a subject: `type` is created, updated or deleted; `fields` go over those of its thing. */
export function eventOf(
  subject: Subject,
  action: 'created' | 'updated' | 'deleted',
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const key = fields.id ?? randomUUID();
  const at = '2026-01-01T10:00:00Z';
  switch (subject) {
    case 'hover':
      return { event: 'job-state-changed', webhook_id: 7, job_id: key, state: 'complete', ...fields };
    case 'apitree':
      return {
        name: action === 'deleted' ? 'api.deleted' : 'api.created',
        timestamp: fields.updated_at ?? at,
        user: { id: '1' },
        resourceType: 'Api',
        resource: { id: key, ...fields },
      };
    case 'rehive': {
      const { updated_at, ...rest } = fields;
      const updated = Date.parse(typeof updated_at === 'string' ? updated_at : at);
      const event = `transaction.${action === 'created' ? 'create' : 'update'}`;
      return { id: 1, event, company: 'demo', data: { id: key, updated, ...rest } };
    }
    default:
      return {
        id: `evt_${randomUUID()}`,
        type: `order.${action}`,
        data: {
          id: key,
          status: 'open',
          total: 1200,
          note: 'By noon',
          email: 'ann@example.com',
          updated_at: at,
          ...fields,
        },
      };
  }
}
