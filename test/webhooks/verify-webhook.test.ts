import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import type { SignerOptions, SigningInput } from '../../src/webhooks/signers/signer.ts';
import { type ReceivedWebhook, verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { signingInput } from './signing-input.ts';

interface Scheme {
  readonly scheme: string;
  readonly options: SignerOptions;
  /** Headers whose every bit counts; of the value, what follows the last `after`. */
  readonly signature: string;
  readonly after?: string;
  readonly stamp?: string;
  readonly coversBody: boolean;
}

const timestamped: SignerOptions = {
  header: 'X-Slack-Signature',
  prefix: 'v0=',
  content: 'v0:{timestamp}:{body}',
  headers: { 'X-Slack-Request-Timestamp': '{timestamp}' },
};

const schemes: readonly Scheme[] = [
  { scheme: 'secret-header', options: {}, signature: 'Authorization', coversBody: false },
  { scheme: 'hmac', options: {}, signature: 'X-Signature', coversBody: true },
  {
    scheme: 'hmac',
    options: {
      algorithm: 'sha512',
      encoding: 'base64url',
      content: '{method} {path-and-query} {id} {body}',
      headers: { 'X-Id': '{id}' },
    },
    signature: 'X-Signature',
    coversBody: true,
  },
  {
    scheme: 'hmac',
    options: timestamped,
    signature: 'X-Slack-Signature',
    stamp: 'X-Slack-Request-Timestamp',
    coversBody: true,
  },
  {
    scheme: 'hmac',
    options: { header: 'Paddle-Signature', prefix: 'ts={timestamp};h1=', content: '{timestamp}:{body}' },
    signature: 'Paddle-Signature',
    coversBody: true,
  },
  {
    scheme: 'standard-webhooks',
    options: {},
    signature: 'webhook-signature',
    stamp: 'webhook-timestamp',
    coversBody: true,
  },
  { scheme: 'stripe', options: {}, signature: 'Stripe-Signature', coversBody: true },
  { scheme: 'github', options: {}, signature: 'X-Hub-Signature-256', coversBody: true },
  {
    scheme: 'hover',
    options: {},
    signature: 'Hover-Signature-256',
    after: ':',
    stamp: 'Date',
    coversBody: true,
  },
  { scheme: 'apitree', options: {}, signature: 'X-ApiTree-Signature', coversBody: true },
];

function signed(
  { scheme, options }: Scheme,
  input: SigningInput,
): ReceivedWebhook & { readonly headers: Record<string, string> } {
  const headers = { ...input.headers, ...signers[scheme]?.sign(input, options) };
  const { body, url, method, secrets, timestamp } = input;
  return { headers, body, url, method, secrets, now: timestamp, options };
}

function flipBit<T extends Uint8Array>(bytes: T, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const index = bit >> 3;
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

function flipText(text: string, bit: number): string {
  return Buffer.from(flipBit(Buffer.from(text, 'latin1'), bit)).toString('latin1');
}

const bytes = fc.uint8Array({ maxLength: 300 });
/** Text with every kind of character, without lone surrogates (which have no UTF-8) and without line ends. */
const unicodeSecret = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed());
const base64Secret = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);

describe.each(schemes)('$scheme $options', (scheme) => {
  const secret =
    scheme.scheme === 'standard-webhooks' ? base64Secret : unicodeSecret.filter((text) => text.trim() !== '');

  it('verifies what it signed, for any bytes and any secret', () => {
    fc.assert(
      fc.property(bytes, secret, (body, key) => {
        const webhook = signed(scheme, signingInput({ body, secrets: [key] }));
        expect(verifyWebhook(scheme.scheme, webhook)).toMatchObject({ valid: true, secretIndex: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('takes header names in any case', () => {
    const webhook = signed(scheme, signingInput());
    const headers = new Headers(webhook.headers);
    expect(verifyWebhook(scheme.scheme, { ...webhook, headers })).toMatchObject({ valid: true });
    const upper = Object.fromEntries(
      Object.entries(webhook.headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(verifyWebhook(scheme.scheme, { ...webhook, headers: upper })).toMatchObject({ valid: true });
  });

  it('refuses a signature with any one bit flipped', () => {
    const webhook = signed(scheme, signingInput());
    const value = webhook.headers[scheme.signature] ?? '';
    const from = scheme.after === undefined ? 0 : value.lastIndexOf(scheme.after) + 1;
    expect(value.length).toBeGreaterThan(from);
    for (let bit = from * 8; bit < value.length * 8; bit += 1) {
      const headers = { ...webhook.headers, [scheme.signature]: flipText(value, bit) };
      expect(verifyWebhook(scheme.scheme, { ...webhook, headers }).valid).toBe(false);
    }
  });

  it('refuses a secret with any one bit flipped', () => {
    const key = Buffer.alloc(24, 7);
    const base64 = scheme.scheme === 'standard-webhooks';
    const textOf = (raw: Uint8Array) =>
      base64 ? Buffer.from(raw).toString('base64') : Buffer.from(raw).toString('latin1');
    const webhook = signed(scheme, signingInput({ secrets: [textOf(key)] }));
    expect(verifyWebhook(scheme.scheme, webhook).valid).toBe(true);
    for (let bit = 0; bit < key.length * 8; bit += 1) {
      const other = textOf(flipBit(key, bit));
      expect(verifyWebhook(scheme.scheme, { ...webhook, secrets: [other] })).toMatchObject({
        reason: 'signature-mismatch',
      });
    }
  });

  it('accepts a rotated secret and says which one held', () => {
    const webhook = signed(scheme, signingInput());
    const [secretOfNow = ''] = signingInput().secrets;
    const secrets = ['b3RoZXIgb3RoZXIgb3RoZXI=', secretOfNow];
    expect(verifyWebhook(scheme.scheme, { ...webhook, secrets })).toMatchObject({
      valid: true,
      secretIndex: 1,
    });
  });

  it('refuses a delivery without its signature header', () => {
    const { [scheme.signature]: _, ...headers } = signed(scheme, signingInput()).headers;
    const webhook = { ...signed(scheme, signingInput()), headers };
    expect(verifyWebhook(scheme.scheme, webhook)).toMatchObject({ valid: false, reason: 'header-missing' });
  });

  it('never throws for what a sender sends', () => {
    fc.assert(
      fc.property(bytes, fc.string({ maxLength: 80 }), (body, value) => {
        const webhook = signed(scheme, signingInput());
        const headers = Object.fromEntries(Object.keys(webhook.headers).map((name) => [name, value]));
        expect(verifyWebhook(scheme.scheme, { ...webhook, headers, body }).valid).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('signs nothing when the subscription has no secret', () => {
    expect(signers[scheme.scheme]?.sign(signingInput({ secrets: [] }), scheme.options)).not.toHaveProperty([
      scheme.signature,
    ]);
  });
});

describe.each(schemes.filter(({ coversBody }) => coversBody))(
  '$scheme $options covers the body',
  (scheme) => {
    it('refuses a body with any one bit flipped', () => {
      const webhook = signed(scheme, signingInput());
      const body = Buffer.from(signingInput().body);
      for (let bit = 0; bit < body.length * 8; bit += 1) {
        expect(verifyWebhook(scheme.scheme, { ...webhook, body: flipBit(body, bit) })).toMatchObject({
          valid: false,
          reason: 'signature-mismatch',
        });
      }
    });
  },
);

describe.each(schemes.filter(({ stamp }) => stamp !== undefined))(
  '$scheme $options covers its stamp',
  (scheme) => {
    it('refuses a stamp with any one bit flipped, whatever the tolerance', () => {
      const stamp = scheme.stamp ?? '';
      const webhook = signed(scheme, signingInput());
      const value = webhook.headers[stamp] ?? '';
      expect(value).not.toBe('');
      for (let bit = 0; bit < value.length * 8; bit += 1) {
        const headers = { ...webhook.headers, [stamp]: flipText(value, bit) };
        expect(
          verifyWebhook(scheme.scheme, { ...webhook, headers, tolerance: Number.POSITIVE_INFINITY }).valid,
        ).toBe(false);
      }
    });
  },
);

describe.each([
  { scheme: 'standard-webhooks', options: {} },
  { scheme: 'stripe', options: {} },
  { scheme: 'hover', options: {} },
  { scheme: 'hmac', options: timestamped },
])('the time in $scheme', ({ scheme, options }) => {
  const webhook = signed({ scheme, options, signature: '', coversBody: true }, signingInput());
  const at = 1_800_000_000;

  it.each([
    { now: at + 300, tolerance: undefined, expected: { valid: true, timestamp: at } },
    { now: at + 301, tolerance: undefined, expected: { valid: false, reason: 'timestamp-too-old' } },
    { now: at - 300, tolerance: undefined, expected: { valid: true } },
    { now: at - 301, tolerance: undefined, expected: { valid: false, reason: 'timestamp-too-new' } },
    { now: at + 11, tolerance: 10, expected: { valid: false, reason: 'timestamp-too-old' } },
    { now: at + 1e6, tolerance: Number.POSITIVE_INFINITY, expected: { valid: true } },
  ])('is judged at $now with tolerance $tolerance', ({ now, tolerance, expected }) => {
    const received = { ...webhook, now, ...(tolerance !== undefined && { tolerance }) };
    expect(verifyWebhook(scheme, received)).toMatchObject(expected);
  });

  it('is the present by default', () => {
    const { now: _, ...received } = webhook;
    expect(verifyWebhook(scheme, received)).toMatchObject({
      reason: expect.stringMatching(/^timestamp-too/),
    });
  });
});

describe('several signatures for rotated secrets', () => {
  it.each([
    ['stripe', 'Stripe-Signature', 'v1='],
    ['standard-webhooks', 'webhook-signature', 'v1,'],
  ])('%s signs once per secret, and each secret alone verifies', (scheme, header, mark) => {
    const secrets = ['b2xkZXIgb2xkZXIgb2xkZXI=', 'bmV3ZXIgbmV3ZXIgbmV3ZXI='];
    const webhook = signed(
      { scheme, options: {}, signature: header, coversBody: true },
      signingInput({ secrets }),
    );
    expect(webhook.headers[header]?.split(mark)).toHaveLength(3);
    for (const secret of secrets) {
      expect(verifyWebhook(scheme, { ...webhook, secrets: [secret] })).toMatchObject({
        valid: true,
        secretIndex: 0,
      });
    }
  });
});

describe('standard-webhooks with Ed25519', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const coordinate = (key: KeyObject, part: 'd' | 'x') =>
    Buffer.from(String(key.export({ format: 'jwk' })[part]), 'base64url');
  const seed = coordinate(privateKey, 'd');
  const point = coordinate(publicKey, 'x');
  const signing = `whsk_${Buffer.concat([seed, point]).toString('base64')}`;
  const verifying = `whpk_${point.toString('base64')}`;
  const scheme = {
    scheme: 'standard-webhooks',
    options: {},
    signature: 'webhook-signature',
    coversBody: true,
  };

  it('signs with whsk_ as v1a and verifies with whpk_', () => {
    const webhook = signed(scheme, signingInput({ secrets: [signing] }));
    expect(webhook.headers['webhook-signature']).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
    expect(verifyWebhook('standard-webhooks', { ...webhook, secrets: [verifying] })).toMatchObject({
      valid: true,
    });
    const seedAlone = `whsk_${seed.toString('base64')}`;
    expect(signed(scheme, signingInput({ secrets: [seedAlone] })).headers).toEqual(webhook.headers);
  });

  it('refuses every flipped bit, those that base64 decoders overlook too', () => {
    const webhook = signed(scheme, signingInput({ secrets: [signing] }));
    const value = webhook.headers['webhook-signature'] ?? '';
    for (let bit = 0; bit < value.length * 8; bit += 1) {
      const headers = { ...webhook.headers, 'webhook-signature': flipText(value, bit) };
      expect(verifyWebhook('standard-webhooks', { ...webhook, headers, secrets: [verifying] }).valid).toBe(
        false,
      );
    }
    expect(verifyWebhook('standard-webhooks', { ...webhook, body: '', secrets: [verifying] }).valid).toBe(
      false,
    );
  });

  it('reads a key of seed and public half, and that half alone, as one pair', () => {
    const pair = {
      signing:
        'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==',
      verifying: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
    };
    const webhook = signed(scheme, signingInput({ secrets: [pair.signing] }));
    expect(verifyWebhook('standard-webhooks', { ...webhook, secrets: [pair.verifying] })).toMatchObject({
      valid: true,
    });
  });

  it('refuses to sign with a public key, and keys that are none', () => {
    const sign = (secret: string) => () => signed(scheme, signingInput({ secrets: [secret] }));
    expect(sign(verifying)).toThrow('A whpk_ key is public and cannot sign.');
    expect(sign('whsk_AAAA')).toThrow('has 3 bytes; it must have 32 or 64');
    expect(sign('whsec_not base64!')).toThrow('is not base64 after whsec_');
  });
});

describe('github and hover receivers', () => {
  it('accept the older header alone only when asked to', () => {
    for (const [scheme, header] of [
      ['github', 'X-Hub-Signature-256'],
      ['hover', 'Hover-Signature-256'],
    ] as const) {
      const webhook = signed({ scheme, options: {}, signature: header, coversBody: true }, signingInput());
      const { [header]: _, ...headers } = webhook.headers;
      expect(verifyWebhook(scheme, { ...webhook, headers })).toMatchObject({
        valid: false,
        reason: 'header-missing',
      });
      expect(verifyWebhook(scheme, { ...webhook, headers, options: { legacy: true } })).toMatchObject({
        valid: true,
      });
    }
  });

  it('can be told which subscription a delivery must name', () => {
    const webhook = signed({ scheme: 'hover', options: {}, signature: '', coversBody: true }, signingInput());
    expect(verifyWebhook('hover', { ...webhook, subscriptionId: '12343' }).valid).toBe(true);
    expect(verifyWebhook('hover', { ...webhook, subscriptionId: '1' })).toMatchObject({
      reason: 'other-subscription',
    });
  });

  it('need only the path where the path is signed', () => {
    const webhook = signed({ scheme: 'hover', options: {}, signature: '', coversBody: true }, signingInput());
    expect(verifyWebhook('hover', { ...webhook, url: '/hooks/a?other=query' }).valid).toBe(true);
    expect(verifyWebhook('hover', { ...webhook, url: '/hooks/b' }).valid).toBe(false);
  });
});

describe('wrong calls', () => {
  const right = { headers: {}, body: '', secret: 'secret' };
  const parsed: unknown = { parsed: true };

  it('refuse a parsed body, and say how to get the raw one', () => {
    expect(() => verifyWebhook('github', Object.assign({ ...right }, { body: parsed }))).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining('not a parsed value'),
        next: expect.stringContaining('express.raw'),
      }),
    );
  });

  it.each([[{ secret: '' }], [{ secrets: [] }], [{ secrets: ['a', ''] }]])(
    'refuse the secrets %j',
    (secrets) => {
      expect(() => verifyWebhook('github', { headers: {}, body: '', ...secrets })).toThrow(
        'No secret was given, or an empty one.',
      );
    },
  );

  it('refuse an unknown scheme, and one from the prototype', () => {
    expect(() => verifyWebhook('githb', right)).toThrow('There is no signature scheme "githb".');
    expect(() => verifyWebhook('toString', right)).toThrow('There is no signature scheme');
  });

  it('refuse to check a signed URL without the URL', () => {
    const { url: _, ...webhook } = signed(
      { scheme: 'apitree', options: {}, signature: '', coversBody: true },
      signingInput(),
    );
    expect(() => verifyWebhook('apitree', webhook)).toThrow(
      'This signature covers the URL, and no url was given.',
    );
  });

  it('refuse a base64 key that is not base64', () => {
    const options = { key: 'base64' };
    const webhook = { headers: { 'x-signature': 'aa' }, body: '', secret: 'not base64!', options };
    expect(() => verifyWebhook('hmac', webhook)).toThrow('The secret of this webhook is not base64.');
  });
});

describe('scheme none', () => {
  it('signs nothing and needs no secret', () => {
    expect(signers.none?.sign(signingInput(), {})).toEqual({});
    expect(verifyWebhook('none', { headers: {}, body: '' })).toMatchObject({ valid: true });
  });
});

describe('options of a template', () => {
  it.each([
    [
      { algorithm: 'sha3' },
      '"algorithm" must be one of sha256, sha1, sha512, md5, ed25519, ecdsa-p256, rsa-sha256; it is "sha3"',
    ],
    [{ encoding: 'base32' }, '"encoding" must be one of'],
    [{ content: '{bdy}' }, 'uses {bdy}; known are {id}'],
    [{ content: '{timestamp}.{body}' }, 'uses {timestamp}, but neither "prefix" nor "headers" sends it'],
    [{ header: 'X Signature' }, '"header" must be the name of a header'],
    [{ heder: 'X' }, '"heder" is not known; known are header, prefix'],
    [{ headers: { 'X-Time': '{now}' } }, '"headers/X-Time" uses {now}'],
    [{ also: [{ header: 'a', content: '' }] }, '"content" is not known'],
    [{ legacy: 'yes' }, '"legacy" must be true or false'],
  ])('%j are refused', (options, message) => {
    expect(() => signers.hmac?.check(options)).toThrow(message);
  });
});
