import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import type { SigningInput } from '../../src/webhooks/signers/signer.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { signingInput } from './signing-input.ts';

type Options = Readonly<Record<string, unknown>>;

const secret = 'whisper';
const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };

function delivered(options: Options, parts: Partial<SigningInput> = {}) {
  const input = signingInput({ secrets: [secret], ...parts });
  const headers = { ...input.headers, ...signers.hmac?.sign(input, options) };
  return { headers, body: input.body, url: input.url, secret, options, now: input.timestamp };
}

/** Signs the content by itself, and expects the signer and the verifier to have taken the same. */
function expectSigned(
  content: string,
  text: string,
  parts: Partial<SigningInput> = {},
  options: Options = {},
) {
  const delivery = delivered({ content, ...options }, parts);
  const expected = createHmac('sha256', secret).update(text).digest('hex');
  expect(delivery.headers).toMatchObject({ 'X-Signature': expected });
  expect(verifyWebhook('hmac', delivery)).toMatchObject({ valid: true });
}

describe('a field of the body', () => {
  const body = Buffer.from(
    '{"id":9007199254740993,"data":{"a/b":"ü","rate":1.0,"big":1E3,"ok":false,"none":null,"list":[1.50,"x"]},"":"empty"}',
  );
  it.for([
    ['/id', '9007199254740993'],
    ['/data/a~1b', 'ü'],
    ['/data/rate', '1.0'],
    ['/data/big', '1E3'],
    ['/data/ok', 'false'],
    ['/data/none', ''],
    ['/data/missing/further', ''],
    ['/data/list/1', 'x'],
    ['/', 'empty'],
    ['/data/toString', ''],
    ['/id/text', ''],
  ] as const)('%s is signed as %j', ([pointer, value]) => {
    expectSigned(`<{body:${pointer}}>`, `<${value}>`, { body });
  });

  it('is empty in a body that is no JSON, and found by name in a form', () => {
    expectSigned('<{body:/id}>', '<>', { body: Buffer.from('{"id":') });
    expectSigned('<{body:/id}>', '<a b+>', { body: Buffer.from('x=1&id=a+b%2B'), headers: form });
  });

  it('proves nothing else of the body', () => {
    const delivery = delivered({ content: '{body:/event}' });
    const body = '{"event":"user.created","more":1}';
    expect(verifyWebhook('hmac', { ...delivery, body })).toMatchObject({ valid: true });
    const other = '{"event":"user.deleted"}';
    expect(verifyWebhook('hmac', { ...delivery, body: other })).toMatchObject({
      reason: 'signature-mismatch',
    });
  });
});

describe('a sorted form', () => {
  it.for([
    ['b=2&a=1&Z=3', 'Z3a1b2'],
    ['a=2&a=1&a=2', 'a1a2'],
    ['a=&b=+%2B', 'ab +'],
    ['n=%F0%9F%8E%AF', 'n🎯'],
    ['', ''],
  ] as const)('%j is signed as %j', ([body, text]) => {
    expectSigned('{url}{form-sorted}', `http://127.0.0.1:3000/hooks/a?b=c${text}`, {
      body: Buffer.from(body),
      headers: form,
    });
  });

  it('is empty for a body of another media type', () => {
    expectSigned('<{form-sorted}>', '<>', { body: Buffer.from('a=1') });
  });
});

describe('a header', () => {
  it('of the delivery or of the signature is signed as its bytes', () => {
    const headers = { 'Content-Type': 'application/json', 'X-Version': '2' };
    expectSigned(
      '{header:x-version}|{header:X-Event}',
      '2|user.created',
      { headers },
      { headers: { 'x-event': '{event}' } },
    );
    expectSigned('{header:x-event}', 'ä', { event: 'ä' }, { headers: { 'x-event': '{event}' } });
  });

  it('that the delivery does not carry is an error to the sender, and a finding to the receiver', () => {
    const options = { content: '{header:x-version}' };
    expect(() => delivered(options)).toThrow(
      'covers the header x-version, which the delivery does not carry',
    );
    const { 'X-Version': _, ...headers } = delivered(options, { headers: { 'X-Version': '2' } }).headers;
    const verification = verifyWebhook('hmac', { headers, body: '', secret, options });
    expect(verification).toMatchObject({
      reason: 'header-missing',
      message: 'The header x-version is missing.',
    });
  });
});

describe('stamps', () => {
  const options = {
    content: '{timestamp-rfc3339}.{event}',
    headers: { 'x-time': '{timestamp-rfc3339}', 'x-event': '{event}' },
  };

  it('say the time as RFC 3339 and the event, and the time is checked', () => {
    expectSigned('{timestamp-rfc3339}.{event}', '2027-01-15T08:00:00Z.user.created', {}, options);
    const delivery = delivered(options);
    expect(verifyWebhook('hmac', delivery)).toMatchObject({ timestamp: 1_800_000_000 });
    expect(verifyWebhook('hmac', { ...delivery, now: delivery.now + 301 })).toMatchObject({
      reason: 'timestamp-too-old',
    });
    expect(verifyWebhook('hmac', { ...delivery, now: delivery.now - 301 })).toMatchObject({
      reason: 'timestamp-too-new',
    });
  });

  it.for([
    ['yesterday'],
    ['2027-01-15'],
    ['1800000000'],
    ['Fri, 15 Jan 2027 08:00:00 GMT'],
    ['2027-13-15T08:00:00Z'],
  ])('%j is no time', ([time]) => {
    const delivery = delivered(options);
    const headers = { ...delivery.headers, 'x-time': time };
    expect(verifyWebhook('hmac', { ...delivery, headers })).toMatchObject({ reason: 'header-malformed' });
  });

  it.for([['2027-01-15T09:00:00.25+01:00'], ['2027-01-15t08:00:00z']])('%s is read', ([time]) => {
    const signature = createHmac('sha256', secret).update(`${time}.user.created`).digest('hex');
    const headers = { 'x-time': time, 'x-event': 'user.created', 'x-signature': signature };
    const delivery = { headers, body: '', secret, options, now: 1_800_000_000 };
    expect(verifyWebhook('hmac', delivery)).toMatchObject({ valid: true, timestamp: 1_800_000_000 });
  });
});

it.for([['{header:}'], ['{header:a b}'], ['{body:}'], ['{body:id}'], ['{event}']])(
  'the content %s is refused',
  ([content]) => {
    expect(() => signers.hmac?.check({ content })).toThrow(/uses \{/);
  },
);
