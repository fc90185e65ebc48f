import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveryHeaders } from '../../src/commands/describe/describe-delivery.ts';
import { resolvePolicy } from '../../src/webhooks/policy.ts';
import { signers } from '../../src/webhooks/signers/index.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { verify as verifyDiscord } from '../prove/webhook-sdks/discord.ts';
import type { ReceivedRequest, Verify } from '../prove/webhook-sdks/received-request.ts';
import { verify as verifySendgrid } from '../prove/webhook-sdks/sendgrid.ts';
import { verify as verifyStandard } from '../prove/webhook-sdks/standard-webhooks.ts';
import { discordVector, sendgridVector, type Vector } from '../prove/webhook-sdks/vectors.ts';
import { signingInput } from './signing-input.ts';

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutFirst(request: ReceivedRequest, name: string): ReceivedRequest {
  return { ...request, headers: { ...request.headers, [name]: (request.headers[name] ?? '').slice(4) } };
}

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A scheme that signs time and body by a key pair, its provider's library, and a published or computed vector. */
const pairs: readonly {
  scheme: string;
  verify: Verify;
  vector: Vector;
  header: string;
  privateKey: string;
  publicKey: string;
}[] = [
  {
    scheme: 'discord',
    verify: verifyDiscord,
    vector: discordVector('{"type":1}'),
    header: 'x-signature-ed25519',
    privateKey: ed25519.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: ed25519.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
  },
  {
    scheme: 'sendgrid',
    verify: verifySendgrid,
    vector: sendgridVector,
    header: 'x-twilio-email-event-webhook-signature',
    privateKey: p256.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: p256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  },
];

describe.for(pairs)('$scheme', ({ header, privateKey, publicKey, scheme, vector, verify }) => {
  const body = Buffer.from('[{"event":"open","note":"ü 🎯"}]\r\n');

  it('is accepted by its provider’s library, and refused where anything was changed', async () => {
    const input = signingInput({ body, secrets: [privateKey] });
    const request = { url: input.url, headers: lowerCased(signers[scheme]?.sign(input, {}) ?? {}), body };
    expect(await verify(request, publicKey)).toBe(true);
    expect(await verify({ ...request, body: body.subarray(1) }, publicKey)).toBe(false);
    expect(await verify(withoutFirst(request, header), publicKey)).toBe(false);
    expect(await verify({ ...request, headers: {} }, publicKey)).toBe(false);
  });

  it('verifies what its provider signed', () => {
    const { request, secret } = vector;
    const delivery = { ...request, secret, tolerance: Number.POSITIVE_INFINITY };
    expect(verifyWebhook(scheme, delivery)).toMatchObject({ valid: true, timestamp: 1600112502 });
    expect(verifyWebhook(scheme, { ...delivery, body: request.body.subarray(1) })).toMatchObject({
      reason: 'signature-mismatch',
    });
    expect(verifyWebhook(scheme, { ...delivery, tolerance: 300 })).toMatchObject({
      reason: 'timestamp-too-old',
    });
  });
});

describe('the headers that a description shows', () => {
  it.for([
    ['discord', {}, 'X-Signature-Ed25519'],
    ['sendgrid', {}, 'X-Twilio-Email-Event-Webhook-Signature'],
    ['hmac', { key: 'hex' }, 'X-Signature'],
    ['hmac', { algorithm: 'rsa-sha256' }, 'X-Signature'],
  ] as const)('name the signature of %s %j, whatever form its secret has', ([scheme, options, header]) => {
    const names = deliveryHeaders(resolvePolicy({ signature: { scheme, options } })).map(([name]) => name);
    expect(names).toContain(header);
  });
});

describe('standard-webhooks with a text for its key', () => {
  const body = Buffer.from('{"note":"ü"}');

  it.for([['whisper'], ['whsec_not base64!'], ['whsk_text'], ['ключ']] as const)(
    '%s is taken as it stands',
    async ([secret]) => {
      const input = signingInput({ body, secrets: [secret], timestamp: Math.floor(Date.now() / 1000) });
      const headers = lowerCased(signers['standard-webhooks']?.sign(input, { key: 'text' }) ?? {});
      const request = { url: input.url, headers, body };
      const asBase64 = Buffer.from(secret).toString('base64');
      expect(await verifyStandard(request, asBase64)).toBe(true);
      expect(await verifyStandard({ ...request, body: body.subarray(1) }, asBase64)).toBe(false);
      const delivery = { headers, body, options: { key: 'text' } };
      expect(verifyWebhook('standard-webhooks', { ...delivery, secret })).toMatchObject({ valid: true });
      expect(verifyWebhook('standard-webhooks', { ...delivery, secret: `${secret}x` })).toMatchObject({
        reason: 'signature-mismatch',
      });
    },
  );

  it('is refused where the option says something else', () => {
    expect(() => signers['standard-webhooks']?.check({ key: 'hex' })).toThrow('must be one of base64, text');
  });
});
