import { describe, expect, it } from 'vitest';
import { deliveryHeaders } from '../../src/commands/describe/describe-delivery.ts';
import { resolvePolicy } from '../../src/webhooks/policy.ts';
import { signAttempt } from '../../src/webhooks/prepare-attempt.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { verify as verifyMailgun } from '../prove/webhook-sdks/mailgun.ts';
import { adyenVector, mailgunVector } from '../prove/webhook-sdks/vectors.ts';

const url = 'http://127.0.0.1/hooks';
const now = 1_800_000_000;

/** What is sent of a body that is signed at a time that stands still. */
function sent(scheme: string, secret: string, body: string, corrupt = false) {
  const policy = resolvePolicy({ signature: { scheme, options: {} } });
  const attempt = {
    id: 'msg_1',
    event: 'e',
    attempt: 1,
    secrets: [secret].filter(Boolean),
    subscriptionId: '',
  };
  const signed = signAttempt(policy, { ...attempt, body: Buffer.from(body), url }, now * 1000, corrupt);
  return { ...signed, body: Buffer.from(signed.body) };
}

function changed(body: Buffer, from: string, to: string): Buffer {
  const text = body.toString('utf8');
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to));
}

describe('mailgun', () => {
  const { request, secret } = mailgunVector();
  const body = '{ "event-data": { "event": "opened", "timestamp": 1770920772.260, "id": 9007199254740993 } }';

  it('writes time, token and signature into the body, and leaves the rest', async () => {
    const attempt = sent('mailgun', secret, body);
    const rest = '"event-data":{"event":"opened","timestamp":1770920772.260,"id":9007199254740993}}';
    expect(attempt.body.toString()).toMatch(
      /^\{"signature":\{"timestamp":"1800000000","token":"[0-9a-f]{50}","signature":"[0-9a-f]{64}"\},/,
    );
    expect(attempt.body.toString().endsWith(rest)).toBe(true);
    expect(await verifyMailgun({ url, headers: {}, body: attempt.body }, secret)).toBe(true);
    expect(verifyWebhook('mailgun', { ...attempt, secret, now })).toMatchObject({
      valid: true,
      timestamp: now,
    });
  });

  it('signs a body that has a signature anew', async () => {
    const attempt = sent('mailgun', 'another', request.body.toString());
    expect(await verifyMailgun({ ...request, body: attempt.body }, 'another')).toBe(true);
  });

  it('verifies what Mailgun’s page has signed, and refuses what was changed or is old', async () => {
    const delivery = { ...request, secret, now: 1770920772 };
    expect(verifyWebhook('mailgun', delivery)).toMatchObject({ valid: true });
    expect(verifyWebhook('mailgun', { ...delivery, secret: 'another' })).toMatchObject({
      reason: 'signature-mismatch',
    });
    expect(
      verifyWebhook('mailgun', { ...delivery, body: changed(request.body, 'e0b5', 'e0b6') }),
    ).toMatchObject({
      reason: 'signature-mismatch',
    });
    expect(verifyWebhook('mailgun', { ...delivery, now: 1770920772 + 301 })).toMatchObject({
      reason: 'timestamp-too-old',
    });
  });

  it.for([
    ['', 'signature-missing'],
    ['[]', 'signature-missing'],
    ['{"signature":"x"}', 'signature-missing'],
    ['{"signature":{}}', 'signature-malformed'],
    ['{"signature":{"timestamp":1770920772,"token":"a","signature":"b"}}', 'signature-malformed'],
    ['{"signature":{"timestamp":"now","token":"a","signature":"b"}}', 'signature-malformed'],
  ] as const)('finds %j %s', ([text, reason]) => {
    expect(verifyWebhook('mailgun', { headers: {}, body: text, secret })).toMatchObject({ reason });
  });
});

describe('adyen', () => {
  const { request, secret } = adyenVector;

  it('writes the published signature into the body', () => {
    const bare = changed(request.body, '"hmacSignature":"coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="', '');
    const attempt = sent('adyen', secret, bare.toString());
    expect(JSON.parse(attempt.body.toString())).toEqual(JSON.parse(request.body.toString()));
    expect(verifyWebhook('adyen', { ...attempt, secret })).toMatchObject({ valid: true, secretIndex: 0 });
  });

  it('signs each of several notifications, without additionalData and with absent values too', () => {
    const items = [
      '{"pspReference":"1","eventCode":"REFUND"}',
      '{"pspReference":"2","amount":{"value":10.0}}',
    ];
    const list = items.map((item) => `{"NotificationRequestItem":${item}}`).join(',');
    const attempt = sent('adyen', secret, `{"live":"false","notificationItems":[${list}]}`);
    expect(attempt.body.toString()).toContain('"amount":{"value":10.0}');
    expect(verifyWebhook('adyen', { ...attempt, secret })).toMatchObject({ valid: true });
    const other = changed(attempt.body, '"pspReference":"2"', '"pspReference":"3"');
    expect(verifyWebhook('adyen', { ...attempt, body: other, secret })).toMatchObject({
      reason: 'signature-mismatch',
    });
  });

  it.for([
    ['1130', '1131'],
    ['"true"', '"false"'],
    ['TestMerchant', 'OtherMerchant'],
    ['coqC', 'coqD'],
  ] as const)('refuses %s for %s', ([from, to]) => {
    const delivery = { ...request, secret };
    expect(verifyWebhook('adyen', delivery)).toMatchObject({ valid: true });
    const body = changed(request.body, from, to);
    expect(verifyWebhook('adyen', { ...delivery, body })).toMatchObject({ reason: 'signature-mismatch' });
  });

  it.for([
    ['', 'signature-malformed'],
    ['{"notificationItems":[]}', 'signature-malformed'],
    ['{"notificationItems":[{}]}', 'signature-malformed'],
    ['{"notificationItems":[{"NotificationRequestItem":{}}]}', 'signature-missing'],
    [
      '{"notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":1}}}]}',
      'signature-missing',
    ],
  ] as const)('finds %j %s', ([body, reason]) => {
    expect(verifyWebhook('adyen', { headers: {}, body, secret })).toMatchObject({ reason });
  });

  it('refuses to sign what has no notification', () => {
    expect(() => sent('adyen', secret, '{}')).toThrow('no notification for a signature');
  });
});

describe.for([
  ['mailgun', mailgunVector()],
  ['adyen', adyenVector],
] as const)('%s', ([scheme, { request, secret }]) => {
  const body = request.body.toString();

  it('is refused when it is corrupted on purpose, with its other content as it was', () => {
    const attempt = sent(scheme, secret, body, true);
    expect(verifyWebhook(scheme, { ...attempt, secret, now })).toMatchObject({
      reason: 'signature-mismatch',
    });
    expect(Object.keys(JSON.parse(attempt.body.toString())).sort()).toEqual(
      Object.keys(JSON.parse(body)).sort(),
    );
  });

  it('leaves the bytes of a delivery without a secret as they are', () => {
    expect(sent(scheme, '', ` ${body} `).body.toString()).toBe(` ${body} `);
  });

  it.for([['[1]'], ['1'], ['{"a":'], ['']] as const)('refuses to write into %j', ([text]) => {
    expect(() => sent(scheme, secret, text)).toThrow('which is not a JSON object');
  });

  it('adds no header, and can be described', () => {
    const names = deliveryHeaders(resolvePolicy({ signature: { scheme, options: {} } })).map(
      ([name]) => name,
    );
    expect(names).toEqual(['Content-Type']);
  });
});
