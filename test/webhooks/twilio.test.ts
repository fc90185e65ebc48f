import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resolvePolicy } from '../../src/webhooks/policy.ts';
import { signAttempt } from '../../src/webhooks/prepare-attempt.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { twilioVectors } from '../prove/webhook-sdks/vectors.ts';

const form = 'application/x-www-form-urlencoded';
const secret = '12345';

function sent(url: string, body: string, contentType: string, corrupt = false) {
  const policy = resolvePolicy({ contentType, signature: { scheme: 'twilio', options: {} } });
  const attempt = { id: 'msg_1', event: 'call', attempt: 1, secrets: [secret], subscriptionId: '' };
  return signAttempt(policy, { ...attempt, body: Buffer.from(body), url }, 1_800_000_000_000, corrupt);
}

/** Written from Twilio's page: the URL, then each field's name and value, sorted by name. */
function signatureOf(url: string, fields: readonly (readonly [string, string])[]): string {
  const content = url + fields.map(([name, value]) => name + value).join('');
  return createHmac('sha1', secret).update(content).digest('base64');
}

it.for(Object.entries(twilioVectors))(
  'the published signature is valid: %s',
  ([, { request, secret: token }]) => {
    expect(verifyWebhook('twilio', { ...request, secret: token })).toMatchObject({ valid: true });
    const body = Buffer.concat([request.body, Buffer.from('&x=1')]);
    expect(verifyWebhook('twilio', { ...request, body, secret: token })).toMatchObject({ valid: false });
    expect(verifyWebhook('twilio', { ...request, secret: '12346' })).toMatchObject({ valid: false });
    expect(verifyWebhook('twilio', { ...request, url: `${request.url}&x=1`, secret: token })).toMatchObject({
      valid: false,
    });
  },
);

describe('what the emitter sends', () => {
  it('is what Twilio signs of a form, to the URL as it stands', () => {
    const vector = twilioVectors['a form'];
    const { url = '', body = Buffer.from('') } = vector?.request ?? {};
    const attempt = sent(url, body.toString(), form);
    expect(attempt).toMatchObject({ url, headers: { 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' } });
    expect(attempt.body).toEqual(body);
  });

  it.for([
    ['https://example.com/hooks', '?'],
    ['https://example.com/hooks?a=1', '&'],
    ['http://user@localhost:3000?a=%20b', '&'],
  ] as const)('to %s has the digest of a JSON body in the query', ([url, joint]) => {
    const body = '{"note":"ü 🎯"}';
    const digest = createHash('sha256').update(body).digest('hex');
    const attempt = sent(url, body, 'application/json');
    expect(attempt.url).toBe(`${url}${joint}bodySHA256=${digest}`);
    expect(attempt.headers['X-Twilio-Signature']).toBe(signatureOf(attempt.url, []));
    const delivery = { ...attempt, secret };
    expect(verifyWebhook('twilio', delivery)).toMatchObject({ valid: true });
    expect(verifyWebhook('twilio', { ...delivery, body: `${body} ` })).toMatchObject({
      message: 'The bodySHA256 in the URL does not fit the body.',
    });
  });

  it('without a body has the URL alone signed', () => {
    const attempt = sent('https://example.com/hooks', '', 'application/json');
    expect(attempt.url).toBe('https://example.com/hooks');
    expect(attempt.headers['X-Twilio-Signature']).toBe(signatureOf(attempt.url, []));
  });

  it.for([
    ['A=1&B=2', form],
    ['{"a":1}', 'application/json'],
    ['', form],
  ] as const)('of %j as %s is refused when it is corrupted on purpose', ([body, contentType]) => {
    const attempt = sent('https://example.com/hooks', body, contentType, true);
    expect(Buffer.from(attempt.body).toString()).toBe(body);
    expect(verifyWebhook('twilio', { ...attempt, secret })).toMatchObject({ reason: 'signature-mismatch' });
  });

  it('of JSON whose URL names no digest is refused, though the URL is signed', () => {
    const url = 'https://example.com/hooks';
    const headers = { 'content-type': 'application/json', 'x-twilio-signature': signatureOf(url, []) };
    expect(verifyWebhook('twilio', { url, headers, body: '{}', secret })).toMatchObject({ valid: false });
  });
});
