import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signDelivery } from '../../../../src/contract/execute/receivers/sign-delivery.ts';
import type { Forgery, ReceiverDelivery } from '../../../../src/contract/model/receiver-run.ts';
import { anotherSecret } from '../../../../src/contract/plan/receivers/another-secret.ts';
import { schemeTraits } from '../../../../src/contract/plan/receivers/scheme-traits.ts';
import { defaultPolicy } from '../../../../src/webhooks/policy.ts';
import { verifyWebhook } from '../../../../src/webhooks/verify-webhook.ts';

const now = 1_700_000_000_000;
const url = 'http://127.0.0.1/hooks';
const secrets: Readonly<Record<string, string>> = {
  'standard-webhooks': 'whsec_c2VjcmV0IG9mIHRoZSByZWNlaXZlcnMgcHJvb2Y=',
  stripe: 'whsec_text',
  github: "It's a Secret to Everybody",
  hover: 'hover secret',
  apitree: 'apitree secret',
  'secret-header': 'Whisper It',
};
const forgeries: readonly Forgery[] = [
  'unsigned',
  'emptied',
  'bare',
  'halved',
  'end-changed',
  'case-changed',
  'weaker',
  'empty-key',
];

function verified(scheme: string, stray: Partial<ReceiverDelivery> = {}): boolean {
  const delivery: ReceiverDelivery = {
    name: 'one',
    event: 'order.created',
    policy: { ...defaultPolicy, signature: { scheme, options: {} } },
    expect: 'accepted',
    id: 'delivery_1',
    subscriptionId: '7',
    body: Buffer.from('{"note":"By noon"}'),
    secrets: [secrets[scheme] ?? ''],
    ...stray,
  };
  const { headers } = signDelivery(delivery, url, now);
  const { body } = delivery;
  return verifyWebhook(scheme, { headers, body, url, secret: secrets[scheme] ?? '', now: now / 1000 }).valid;
}

describe.each(Object.keys(secrets))('%s', (scheme) => {
  test('the right delivery is right', () => {
    expect(verified(scheme)).toBe(true);
  });

  test.each(forgeries)('%s is not', (forgery) => {
    expect(verified(scheme, { forgery })).toBe(false);
  });

  test('with another secret of the same form it is not', () => {
    const own = secrets[scheme] ?? '';
    expect(anotherSecret(own)).not.toBe(own);
    expect(verified(scheme, { secrets: [anotherSecret(own)] })).toBe(false);
  });
});

test.each(['standard-webhooks', 'stripe', 'hover'])('%s is stale where its stamp strays', (scheme) => {
  for (const age of [900, -900, Number.NEGATIVE_INFINITY, ...(scheme === 'hover' ? [] : [Number.NaN])])
    expect(verified(scheme, { age })).toBe(false);
  expect(verified(scheme, { age: 60 })).toBe(true);
});

test.each([
  ['discord', () => generateKeyPairSync('ed25519').privateKey],
  ['sendgrid', () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey],
] as const)('%s: a key of the same form stands for a private key', (scheme, make) => {
  const key = make();
  const forms = [
    String(key.export({ format: 'pem', type: 'pkcs8' })),
    JSON.stringify(key.export({ format: 'jwk' })),
    key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  ];
  for (const own of forms) {
    const other = anotherSecret(own);
    expect(other).not.toBe(own);
    expect(other.slice(0, 10)).toBe(own.slice(0, 10));
    const policy = { ...defaultPolicy, signature: { scheme, options: {} } };
    expect(schemeTraits(policy, [own, other])).toMatchObject({ signsBody: true, takesEmptyKey: false });
  }
});
