import { describe, expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { signingInput } from './signing-input.ts';
import file from './vectors.json' with { type: 'json' };

interface Vector {
  readonly id: string;
  readonly scheme: string;
  readonly secret: string;
  readonly body: string;
  readonly expected: Readonly<Record<string, string | undefined>>;
  readonly message_id?: string;
  readonly timestamp?: number;
  readonly webhook_id?: number;
  readonly method?: string;
  readonly path?: string;
  readonly url?: string;
  readonly headers?: { readonly 'Content-Type': string; readonly Date: string };
}

/** The vector of the Stripe shape gives the value of `v1` alone; the others give whole headers. */
function expectedHeaders({ scheme, expected, timestamp }: Vector): Record<string, string> {
  if (scheme === 'stripe') return { 'Stripe-Signature': `t=${timestamp},v1=${expected.v1}` };
  return Object.fromEntries(
    Object.entries(expected).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function inputOf(vector: Vector) {
  const { headers } = vector;
  return signingInput({
    body: Buffer.from(vector.body),
    secrets: [vector.secret],
    url: vector.url ?? `https://example.com${vector.path ?? '/'}`,
    id: vector.message_id ?? 'msg_1',
    subscriptionId: String(vector.webhook_id ?? '1'),
    ...(vector.timestamp !== undefined && { timestamp: vector.timestamp }),
    ...(headers && { headers: { 'Content-Type': headers['Content-Type'] }, date: headers.Date }),
  });
}

const vectors: readonly Vector[] = file.vectors;

describe.each(vectors)('vector $id', (vector) => {
  const input = inputOf(vector);
  const now = vector.headers ? Date.parse(vector.headers.Date) / 1000 : input.timestamp;

  it('is what the signer makes', () => {
    expect(signers[vector.scheme]?.sign(input, {})).toMatchObject(expectedHeaders(vector));
  });

  it('verifies as sent', () => {
    const received = {
      'content-type': 'application/json',
      ...(vector.headers && { date: vector.headers.Date }),
      ...(vector.message_id && {
        'webhook-id': vector.message_id,
        'webhook-timestamp': String(vector.timestamp),
      }),
      ...expectedHeaders(vector),
    };
    const delivery = { headers: received, body: vector.body, secret: vector.secret, url: input.url, now };
    expect(verifyWebhook(vector.scheme, delivery)).toMatchObject({ valid: true, secretIndex: 0 });
  });
});

it('all vectors of the file are complete: a hex digest in them has the length of its algorithm', () => {
  expect(vectors).toHaveLength(6);
  const github = vectors.find(({ id }) => id === 'github-docs')?.expected['X-Hub-Signature-256'];
  expect(github).toMatch(/^sha256=[0-9a-f]{64}$/);
});
