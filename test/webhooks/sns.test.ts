import { once } from 'node:events';
import { createServer, globalAgent } from 'node:https';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePolicy } from '../../src/webhooks/policy.ts';
import { signAttempt } from '../../src/webhooks/prepare-attempt.ts';
import { verifyWebhook } from '../../src/webhooks/verify-webhook.ts';
import { verify as verifySns } from '../prove/webhook-sdks/sns.ts';

const now = 1_800_000_000;
const url = 'http://127.0.0.1/hooks';
const trusted = globalAgent.options.ca;
let secret = '';
let certificate = '';
let certificateUrl = '';
let hosts = /^$/;
let close = () => {};

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const server = createServer({ key, cert }, (_, response) => response.end(cert));
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  globalAgent.options.ca = cert;
  [secret, certificate, certificateUrl] = [key, cert, `https://localhost:${port}/sns.pem`];
  hosts = new RegExp(`^localhost:${port}$`);
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});

afterAll(() => {
  globalAgent.options.ca = trusted;
  close();
});

function sent(body: string, options: Readonly<Record<string, unknown>> = {}, corrupt = false) {
  const policy = resolvePolicy({ signature: { scheme: 'sns', options: { certificateUrl, ...options } } });
  const attempt = { id: 'msg_1', event: 'e', attempt: 1, secrets: [secret], subscriptionId: '' };
  const signed = signAttempt(policy, { ...attempt, body: Buffer.from(body), url }, now * 1000, corrupt);
  return { ...signed, body: Buffer.from(signed.body) };
}

function accepts(body: Buffer): Promise<boolean> {
  return verifySns({ url, headers: {}, body }, hosts);
}

describe.for([['1'], ['2']] as const)('a message of signature version %s', ([version]) => {
  const message = {
    Type: 'Notification',
    MessageId: '22b80b92',
    TopicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
    Subject: 'First',
    Message: 'Hello\nworld / 🎯',
    UnsubscribeURL: 'https://localhost/',
  };
  const { Subject: _, ...withoutSubject } = message;
  const confirmation = {
    ...withoutSubject,
    Type: 'SubscriptionConfirmation',
    Token: '2336',
    SubscribeURL: 'https://localhost/',
  };

  it.for([
    ['{"id":9007199254740993}'],
    [JSON.stringify(message)],
    [JSON.stringify(confirmation)],
    ['plain ü'],
  ] as const)(
    'of %s is accepted by the validator of AWS, and refused where a field was changed',
    async ([body]) => {
      const attempt = sent(body, { version });
      expect(await accepts(attempt.body)).toBe(true);
      expect(verifyWebhook('sns', { ...attempt, secret: certificate, now })).toEqual({
        valid: true,
        secretIndex: 0,
        timestamp: now,
      });
      const parsed = JSON.parse(attempt.body.toString());
      for (const name of ['Message', 'MessageId', 'TopicArn', 'Timestamp', 'Signature']) {
        const other = Buffer.from(JSON.stringify({ ...parsed, [name]: `1${parsed[name]}` }));
        expect(await accepts(other)).toBe(false);
        expect(verifyWebhook('sns', { ...attempt, body: other, secret: certificate, now }).valid).toBe(false);
      }
    },
  );
});

it('wraps a body of one’s own as the Message, as text', () => {
  const { body, headers } = sent('{"id":1.0}', { topicArn: 'arn:aws:sns:x:1:t' });
  expect(JSON.parse(body.toString())).toMatchObject({
    Type: 'Notification',
    Message: '{"id":1.0}',
    MessageId: 'msg_1',
    TopicArn: 'arn:aws:sns:x:1:t',
    Timestamp: '2027-01-15T08:00:00.000Z',
  });
  expect(headers).toEqual({
    'Content-Type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': 'msg_1',
    'x-amz-sns-topic-arn': 'arn:aws:sns:x:1:t',
  });
});

it('is refused when it is corrupted on purpose, old, or signed by another version', async () => {
  const corrupt = sent('{}', {}, true);
  expect(await accepts(corrupt.body)).toBe(false);
  expect(verifyWebhook('sns', { ...corrupt, secret, now })).toMatchObject({ reason: 'signature-mismatch' });
  const right = sent('{}');
  expect(verifyWebhook('sns', { ...right, secret, now: now + 301 })).toMatchObject({
    reason: 'timestamp-too-old',
  });
  const third = right.body.toString().replace('"SignatureVersion":"1"', '"SignatureVersion":"3"');
  expect(verifyWebhook('sns', { ...right, body: third, secret, now })).toMatchObject({
    reason: 'signature-malformed',
  });
  expect(verifyWebhook('sns', { ...right, body: '{}', secret, now })).toMatchObject({
    reason: 'signature-missing',
  });
});
