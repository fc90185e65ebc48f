import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolvePolicy } from '../../../src/webhooks/policy.ts';
import { signAttempt } from '../../../src/webhooks/prepare-attempt.ts';
import { checkSteps } from '../check-receiver/check-corpus.ts';
import { failedChecks } from '../check-receiver/failed-checks.ts';
import { secrets } from '../check-receiver/providers.ts';
import { signedHeaders } from '../check-receiver/sender.ts';
import { adyenPlatformVerifier, adyenVerifier } from './adyen.ts';
import { installLargeSdks, type LargeSdks } from './install-large-sdks.ts';
import type { ReceivedRequest } from './received-request.ts';
import { sdkReceiver } from './sdk-receiver.ts';
import { stripeVerifier } from './stripe.ts';
import { svixVerifier } from './svix.ts';
import { twilioVerifier } from './twilio.ts';
import { adyenVector, twilioVectors } from './vectors.ts';

let sdks: LargeSdks;
beforeAll(async () => {
  sdks = await installLargeSdks();
}, 300_000);
afterAll(() => sdks.remove());

const url = 'http://127.0.0.1/hooks';
const body = Buffer.from('{"id":"evt_1","object":"event","type":"order.created","note":"🎯"}');

function requestOf(headers: Readonly<Record<string, string>>): ReceivedRequest {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { url, headers: Object.fromEntries(named), body };
}

describe('Stripe and Svix', () => {
  test.each([
    ['shop-stripe', stripeVerifier],
    ['shop-standard-webhooks', svixVerifier],
  ] as const)('%s', async (subject, verifierOf) => {
    const verify = verifierOf(sdks);
    expect(await verify(requestOf(signedHeaders(subject, url, body)), secrets[subject])).toBe(true);
    const other = requestOf(signedHeaders(subject, url, body, { signed: Buffer.from('{}') }));
    expect(await verify(other, secrets[subject])).toBe(false);
    expect(await verify(requestOf({}), secrets[subject])).toBe(false);
    const old = requestOf(signedHeaders(subject, url, body, { stamp: '1600112502' }));
    expect(await verify(old, secrets[subject])).toBe(false);
  });

  test.each([
    ['shop-stripe', stripeVerifier],
    ['shop-standard-webhooks', svixVerifier],
  ] as const)(
    'a receiver of %s that verifies by the library passes every check',
    async (subject, verifierOf) => {
      expect(await failedChecks(sdkReceiver(subject, verifierOf(sdks)), subject)).toEqual([]);
    },
  );

  test.each([
    ['shop-stripe', stripeVerifier],
    ['shop-standard-webhooks', svixVerifier],
  ] as const)(
    'a receiver of %s that verifies by the library gets no failing finding',
    async (subject, verifierOf) => {
      const report = await checkSteps(sdkReceiver(subject, verifierOf(sdks)), subject, { probe: true });
      expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
      expect(report.counts.assertions).toBeGreaterThan(100);
    },
  );

  test('Stripe takes a time in the future, Svix does not', async () => {
    const stamp = String(Math.floor(Date.now() / 1000) + 3600);
    const [stripe, svix] = (['shop-stripe', 'shop-standard-webhooks'] as const).map((subject) =>
      requestOf(signedHeaders(subject, url, body, { stamp })),
    );
    expect(stripe && (await stripeVerifier(sdks)(stripe, secrets['shop-stripe']))).toBe(true);
    expect(svix && (await svixVerifier(sdks)(svix, secrets['shop-standard-webhooks']))).toBe(false);
  });
});

describe('Twilio', () => {
  test.each(Object.entries(twilioVectors))('the published signature is accepted of %s', async (_, vector) => {
    expect(await twilioVerifier(sdks)(vector.request, vector.secret)).toBe(true);
    expect(await twilioVerifier(sdks)(vector.request, '12346')).toBe(false);
  });

  function signed(
    content: string,
    form: string,
    headers = {},
    algorithm = 'sha1',
    target = url,
  ): ReceivedRequest {
    const signature = createHmac(algorithm, '12345').update(content).digest('base64');
    return { url: target, headers: { 'x-twilio-signature': signature, ...headers }, body: Buffer.from(form) };
  }

  test.each([
    ['an empty value', `${url}AB1`, 'A=&B=1'],
    ['upper case before lower', `${url}Z1a2`, 'a=2&Z=1'],
    ['a decoded value', `${url}A+ ü🎯`, 'A=%2B+%C3%BC%F0%9F%8E%AF'],
    ['each of two values, in order, once', `${url}A1A2`, 'A=2&A=1&A=2'],
    ['no fields', url, ''],
  ])('%s is signed', async (_, content, form) => {
    expect(await twilioVerifier(sdks)(signed(content, form), '12345')).toBe(true);
    expect(await twilioVerifier(sdks)(signed(`${content}.`, form), '12345')).toBe(false);
  });

  test('SHA-256 is taken where the header of the settings names it', async () => {
    const settings = {
      'x-twilio-webhooks-signature-settings': 'key=webhooks_sharedkey_1,algorithm=HMAC_SHA256',
    };
    const verify = twilioVerifier(sdks);
    expect(await verify(signed(`${url}A1`, 'A=1', settings, 'sha256'), '12345')).toBe(true);
    expect(await verify(signed(`${url}A1`, 'A=1', {}, 'sha256'), '12345')).toBe(false);
  });

  test('a JSON body of another digest is refused', async () => {
    const vector = twilioVectors['a JSON body'];
    const other = vector && { ...vector.request, body: Buffer.from('{}') };
    expect(other && (await twilioVerifier(sdks)(other, '12345'))).toBe(false);
  });
});

describe('Adyen', () => {
  const { request, secret } = adyenVector;

  test('the published signature is accepted', async () => {
    expect(await adyenVerifier(sdks)(request, secret)).toBe(true);
  });

  test.each([
    ['the amount', '1130', '1131'],
    ['success', '"success":"true"', '"success":"false"'],
    ['the merchant reference', 'TestPayment', 'RestPayment'],
  ])('another value of %s is refused', async (_, from, to) => {
    const other = Buffer.from(request.body.toString('utf8').replace(from, to));
    expect(await adyenVerifier(sdks)({ ...request, body: other }, secret)).toBe(false);
  });

  test.each([
    ['the payment method is not signed', '"visa"', '"mc"'],
    ['a missing original reference is an empty one', '"originalReference":"",', ''],
  ])('%s', async (_, from, to) => {
    const other = Buffer.from(request.body.toString('utf8').replace(from, to));
    expect(await adyenVerifier(sdks)({ ...request, body: other }, secret)).toBe(true);
  });

  test('a colon in a value is signed as it is, not escaped', async () => {
    const content = '7914073381342284::TestMerchant:a:b\\c:1130:EUR:AUTHORISATION:true';
    const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(content).digest('base64');
    const other = request.body
      .toString('utf8')
      .replace('TestPayment-1407325143704', 'a:b\\\\c')
      .replace(/"hmacSignature":"[^"]*"/, `"hmacSignature":"${signature}"`);
    expect(await adyenVerifier(sdks)({ ...request, body: Buffer.from(other) }, secret)).toBe(true);
  });

  test('the banking webhooks sign the whole body in a header', async () => {
    const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(body).digest('base64');
    const verify = adyenPlatformVerifier(sdks);
    expect(await verify(requestOf({ HmacSignature: signature }), secret)).toBe(true);
    expect(await verify(requestOf({}), secret)).toBe(false);
  });
});

describe('what the emitter sends is accepted by the libraries, and refused when it is corrupted', () => {
  function sent(scheme: string, secret: string, content: string, contentType: string, corrupt: boolean) {
    const policy = resolvePolicy({ contentType, signature: { scheme, options: {} } });
    const input = { id: 'msg_1', event: 'e', attempt: 1, secrets: [secret], subscriptionId: '' };
    const attempt = signAttempt(policy, { ...input, body: Buffer.from(content), url }, Date.now(), corrupt);
    return { ...requestOf(attempt.headers), url: attempt.url, body: Buffer.from(attempt.body) };
  }

  test.each([
    ['twilio', 'application/x-www-form-urlencoded', 'Z=1&a=%2B+%C3%BC&a=2&empty='],
    ['twilio', 'application/json', '{"note":"🎯"}'],
    ['adyen', 'application/json', adyenVector.request.body.toString()],
  ] as const)('%s, %s', async (scheme, contentType, content) => {
    const secret = scheme === 'twilio' ? '12345' : adyenVector.secret;
    const verify = scheme === 'twilio' ? twilioVerifier(sdks) : adyenVerifier(sdks);
    expect(await verify(sent(scheme, secret, content, contentType, false), secret)).toBe(true);
    expect(await verify(sent(scheme, secret, content, contentType, true), secret)).toBe(false);
  });
});
