import { createHash, generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { verify as verifyPlaid } from '../prove/webhook-sdks/plaid.ts';
import { signingInput } from './signing-input.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const jwk = publicKey.export({ format: 'jwk' });
const publicSecret = JSON.stringify(jwk);
const body = Buffer.from('{\n  "webhook_type": "ITEM",\n  "note": "ü 🎯"\n}');
const now = Math.floor(Date.now() / 1000);
const claims = { request_body_sha256: createHash('sha256').update(body).digest('hex') };

function tokenBy(options: Readonly<Record<string, unknown>> = {}): string {
  const input = signingInput({ body, secrets: [secret], timestamp: now });
  return signers.plaid?.sign(input, options)['Plaid-Verification'] ?? '';
}

function verified(token: string, over: { body?: string; secret?: string; now?: number } = {}) {
  return verifyWebhook('plaid', {
    headers: { 'plaid-verification': token },
    body,
    secret: publicSecret,
    now,
    ...over,
  });
}

it('what is signed is accepted by the steps of Plaid’s page, and refused over another body', async () => {
  const asked: string[] = [];
  const findKey = async (kid: string) => {
    asked.push(kid);
    return { ...jwk, alg: 'ES256' };
  };
  const request = { url: '', headers: { 'plaid-verification': tokenBy({ keyId: 'key-1' }) }, body };
  expect(await verifyPlaid(request, findKey)).toBe(true);
  expect(await verifyPlaid({ ...request, body: body.subarray(1) }, findKey)).toBe(false);
  expect(asked).toEqual(['key-1', 'key-1']);
});

it('the key is named by its thumbprint where no name is given', () => {
  expect(decodeProtectedHeader(tokenBy())).toEqual({
    alg: 'ES256',
    typ: 'JWT',
    kid: expect.stringMatching(/^[\w-]{43}$/),
  });
});

it('a token by another library is valid, and what does not fit is refused', async () => {
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt(now)
    .sign(privateKey);
  expect(verified(token)).toEqual({ valid: true, secretIndex: 0, timestamp: now });
  expect(verified(token, { body: '{}' })).toMatchObject({
    message: 'The token in Plaid-Verification is of another body.',
  });
  expect(verified(token, { now: now + 301 })).toMatchObject({ reason: 'timestamp-too-old' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  expect(verified(token, { secret: JSON.stringify(other) })).toMatchObject({ reason: 'signature-mismatch' });
});

it('another algorithm, a missing claim and what is no token are refused', async () => {
  const symmetric = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now)
    .sign(Buffer.alloc(32));
  const bare = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).setIssuedAt(now).sign(privateKey);
  for (const token of [symmetric, bare, 'a.b.c', '', `${tokenBy()}.x`])
    expect(verified(token)).toMatchObject({ reason: 'header-malformed' });
  expect(verified(`${tokenBy()}=`)).toMatchObject({ reason: 'signature-mismatch' });
  expect(verifyWebhook('plaid', { headers: {}, body, secret })).toMatchObject({ reason: 'header-missing' });
});
