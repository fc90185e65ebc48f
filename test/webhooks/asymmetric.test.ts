import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { signingInput } from './signing-input.ts';

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-sha256': generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const algorithms = ['ed25519', 'ecdsa-p256', 'rsa-sha256'] as const;

function pem(key: KeyObject): string {
  return key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString();
}

function der(key: KeyObject, encoding: 'hex' | 'base64'): string {
  return key.export({ format: 'der', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString(encoding);
}

function received(options: Readonly<Record<string, unknown>>, signingSecret: string) {
  const input = signingInput({ secrets: [signingSecret] });
  const headers = signers.hmac?.sign(input, options) ?? {};
  return { headers, body: input.body, options, now: input.timestamp };
}

describe.for(algorithms.map((algorithm) => [algorithm] as const))('%s', ([algorithm]) => {
  const { privateKey, publicKey } = pairs[algorithm];
  const forms = {
    PEM: pem,
    'PEM in one line': (key: KeyObject) => pem(key).replaceAll('\n', '\\n'),
    'JSON Web Key': (key: KeyObject) => JSON.stringify(key.export({ format: 'jwk' })),
    'DER in hex': (key: KeyObject) => der(key, 'hex'),
    'DER in base64': (key: KeyObject) => der(key, 'base64'),
  };

  it.for(Object.entries(forms))('takes both keys as %s', ([, written]) => {
    const delivery = received({ algorithm }, written(privateKey));
    expect(verifyWebhook('hmac', { ...delivery, secret: written(publicKey) })).toMatchObject({ valid: true });
    expect(verifyWebhook('hmac', { ...delivery, secret: written(privateKey) })).toMatchObject({
      valid: true,
    });
  });

  it.for([['hex'], ['base64'], ['base64url']] as const)(
    'signs in %s, and refuses what was changed',
    ([encoding]) => {
      const delivery = received(
        { algorithm, encoding, content: '{timestamp}.{body}', prefix: '{timestamp}=' },
        pem(privateKey),
      );
      const secret = pem(publicKey);
      const signature = delivery.headers['X-Signature'] ?? '';
      expect(verifyWebhook('hmac', { ...delivery, secret })).toMatchObject({ valid: true });
      const changed = [
        { body: Buffer.concat([delivery.body, Buffer.from(' ')]) },
        { headers: { 'x-signature': signature.slice(0, -8) } },
        { headers: { 'x-signature': `${signature}=` } },
        { headers: { 'x-signature': `${signature} ` } },
        { headers: { 'x-signature': signature.replace(/^\d+/, (seconds) => `${Number(seconds) + 1}`) } },
      ];
      for (const one of changed)
        expect(verifyWebhook('hmac', { ...delivery, secret, ...one })).toMatchObject({
          reason: 'signature-mismatch',
        });
    },
  );

  it('refuses to sign with a public key, with a key of another kind, and with no key', () => {
    const others = algorithms
      .filter((other) => other !== algorithm)
      .map((other) => pem(pairs[other].privateKey));
    for (const secret of [pem(publicKey), ...others, 'whisper', '{}', '-----BEGIN', '{"kty":"oct","k":"AA"}'])
      expect(() => received({ algorithm }, secret)).toThrow(/public key|not an .* key/);
  });
});

describe('raw Ed25519 keys', () => {
  const { x = '', d = '' } = pairs.ed25519.privateKey.export({ format: 'jwk' });
  const [open, seed] = [Buffer.from(x, 'base64url'), Buffer.from(d, 'base64url')];
  const whole = Buffer.concat([seed, open]);

  it.for([['hex'], ['base64'], ['base64url']] as const)('are read from %s', ([encoding]) => {
    const delivery = received({ algorithm: 'ed25519' }, whole.toString(encoding));
    expect(verifyWebhook('hmac', { ...delivery, secret: open.toString(encoding) })).toMatchObject({
      valid: true,
    });
  });

  it('of 32 bytes are public, so that a public key can never be taken for a seed that everybody knows', () => {
    expect(() => received({ algorithm: 'ed25519' }, open.toString('hex'))).toThrow('is a public key');
    const forged = received({ algorithm: 'ed25519' }, Buffer.concat([open, publicOf(open)]).toString('hex'));
    expect(verifyWebhook('hmac', { ...forged, secret: open.toString('hex') })).toMatchObject({
      valid: false,
    });
  });

  it('whose halves do not belong together are refused', () => {
    const wrong = Buffer.concat([seed, seed]).toString('hex');
    expect(() => received({ algorithm: 'ed25519' }, wrong)).toThrow('not an Ed25519 key');
  });

  /** The public key of a seed. */
  function publicOf(bytes: Buffer): Buffer {
    const pkcs8 = Buffer.from(`302e020100300506032b657004220420${bytes.toString('hex')}`, 'hex');
    const key = createPublicKey(
      `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----`,
    );
    return key.export({ format: 'der', type: 'spki' }).subarray(-32);
  }
});

describe('options that do not fit a key pair', () => {
  it.for([
    [{ algorithm: 'ed25519', key: 'hex' }, '"key" is for HMAC'],
    [
      { algorithm: 'rsa-sha256', also: [{ header: 'X-Old', algorithm: 'sha1' }] },
      'one secret cannot do both',
    ],
    [{ also: [{ header: 'X-New', algorithm: 'ed25519' }] }, 'one secret cannot do both'],
    [{ algorithm: 'ecdsa-p384' }, 'must be one of'],
  ] as const)('%j is refused', ([options, message]) => {
    expect(() => signers.hmac?.check(options)).toThrow(message);
  });
});
