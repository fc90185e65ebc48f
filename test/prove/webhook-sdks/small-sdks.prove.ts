import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, globalAgent } from 'node:https';
import { exportJWK, SignJWT } from 'jose';
import { generate } from 'selfsigned';
import { describe, expect, test } from 'vitest';
import { failedChecks } from '../check-receiver/failed-checks.ts';
import { secrets } from '../check-receiver/providers.ts';
import { signedHeaders } from '../check-receiver/sender.ts';
import { verify as verifyDiscord } from './discord.ts';
import { verify as verifyGithub } from './github.ts';
import { verify as verifyMailgun } from './mailgun.ts';
import { verify as verifyPlaid } from './plaid.ts';
import type { ReceivedRequest } from './received-request.ts';
import { sdkReceiver } from './sdk-receiver.ts';
import { verify as verifySendgrid } from './sendgrid.ts';
import { verify as verifySns } from './sns.ts';
import { verify as verifyStandard } from './standard-webhooks.ts';
import { discordVector, mailgunVector, sendgridVector } from './vectors.ts';

/** The request with another byte at the end of its body. */
function tampered(request: ReceivedRequest): ReceivedRequest {
  return { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) };
}

function withHeader(request: ReceivedRequest, name: string, value: string): ReceivedRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

describe('Standard Webhooks and GitHub', () => {
  const body = Buffer.from('{"id":"evt_1","type":"order.created","note":"\\u00fc 🎯"}');
  const url = 'http://127.0.0.1/hooks';
  test.each([
    ['shop-standard-webhooks', verifyStandard],
    ['shop-github', verifyGithub],
  ] as const)('%s', async (subject, verify) => {
    const named = Object.entries(signedHeaders(subject, url, body));
    const headers = Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value]));
    const request = { url, headers, body };
    expect(await verify(request, secrets[subject])).toBe(true);
    expect(await verify(tampered(request), secrets[subject])).toBe(false);
    expect(await verify({ ...request, headers: {} }, secrets[subject])).toBe(false);
  });

  test.each([
    ['shop-standard-webhooks', verifyStandard],
    ['shop-github', verifyGithub],
  ] as const)('a receiver of %s that verifies by the library passes every check', async (subject, verify) => {
    expect(await failedChecks(sdkReceiver(subject, verify), subject)).toEqual([]);
  });
});

describe('Discord', () => {
  const { request, secret } = discordVector('{"type":1}');

  test('the time and the body are signed, in hexadecimal', async () => {
    expect(request.headers['x-signature-ed25519']).toBe(
      'c0dc18ef674970a59ba735279615093e2bd18f610fd86c8dfcb141e692acfc747c984b2219043d3d0a11eaeebbf504dc449d4f7c370d098725789822302e3f05',
    );
    expect(await verifyDiscord(request, secret)).toBe(true);
  });

  test('another body, time or key, and a missing header, are refused', async () => {
    expect(await verifyDiscord(tampered(request), secret)).toBe(false);
    expect(await verifyDiscord(withHeader(request, 'x-signature-timestamp', '1600112503'), secret)).toBe(
      false,
    );
    expect(await verifyDiscord({ ...request, headers: {} }, secret)).toBe(false);
    expect(await verifyDiscord(request, '00'.repeat(32))).toBe(false);
  });

  test('the time may be any text, of any age', async () => {
    const odd = discordVector('{"type":1}', 'yesterday');
    expect(await verifyDiscord(odd.request, odd.secret)).toBe(true);
  });

  test('hexadecimal in upper case is taken', async () => {
    const upper = request.headers['x-signature-ed25519']?.toUpperCase() ?? '';
    expect(await verifyDiscord(withHeader(request, 'x-signature-ed25519', upper), secret)).toBe(true);
  });
});

describe('SendGrid', () => {
  const { request, secret } = sendgridVector;

  test('the published signature is accepted whatever its age, with the line end that belongs to the body', async () => {
    expect(await verifySendgrid(request, secret)).toBe(true);
    const trimmed = Buffer.from(request.body.toString('utf8').trim());
    expect(await verifySendgrid({ ...request, body: trimmed }, secret)).toBe(false);
  });

  test('what Node signs is accepted, by a key in PEM and in base64', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const body = Buffer.from('[{"event":"open","note":"🎯"}]');
    const signed = sign('sha256', Buffer.concat([Buffer.from('1600112502'), body]), privateKey);
    const own = withHeader(
      { ...request, body },
      'x-twilio-email-event-webhook-signature',
      signed.toString('base64'),
    );
    const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    expect(await verifySendgrid(own, der)).toBe(true);
    expect(await verifySendgrid(own, publicKey.export({ format: 'pem', type: 'spki' }).toString())).toBe(
      true,
    );
    expect(await verifySendgrid(tampered(own), der)).toBe(false);
  });

  test('r and s side by side, as JSON Web Signatures have them, are refused', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const content = Buffer.concat([Buffer.from('1600112502'), request.body]);
    const raw = sign('sha256', content, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
    const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    expect(
      await verifySendgrid(withHeader(request, 'x-twilio-email-event-webhook-signature', raw), der),
    ).toBe(false);
  });
});

describe('Mailgun', () => {
  const { request, secret } = mailgunVector();

  test('time and token are signed, and nothing else of the body', async () => {
    expect(JSON.parse(request.body.toString('utf8')).signature.signature).toBe(
      '81d6563fae25ea023292b9e3a483567d86f6f22fb4c3bc16a38e658d8c2a8a81',
    );
    expect(await verifyMailgun(request, secret)).toBe(true);
    const other = Buffer.from(request.body.toString('utf8').replace('delivered', 'failed'));
    expect(await verifyMailgun({ ...request, body: other }, secret)).toBe(true);
  });

  test('another token and another key are refused', async () => {
    const other = Buffer.from(request.body.toString('utf8').replace('e0b5', 'e0b6'));
    expect(await verifyMailgun({ ...request, body: other }, secret)).toBe(false);
    expect(await verifyMailgun(request, 'another')).toBe(false);
  });
});

describe('Plaid', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = Buffer.from('{\n  "webhook_type": "ITEM",\n  "webhook_code": "ERROR"\n}');
  const findKey = async () => ({ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'key-1' });

  async function request(claims: Record<string, unknown>, issued: Date): Promise<ReceivedRequest> {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'JWT' })
      .setIssuedAt(issued)
      .sign(privateKey);
    return { url: 'https://example.com/plaid', headers: { 'plaid-verification': token }, body };
  }

  const claims = { request_body_sha256: createHash('sha256').update(body).digest('hex') };

  test('a fresh token with the digest of the body is accepted', async () => {
    const fresh = await request(claims, new Date());
    expect(await verifyPlaid(fresh, findKey)).toBe(true);
    expect(await verifyPlaid(tampered(fresh), findKey)).toBe(false);
  });

  test('a token older than five minutes, and one without the digest, are refused', async () => {
    expect(await verifyPlaid(await request(claims, new Date(Date.now() - 301_000)), findKey)).toBe(false);
    expect(await verifyPlaid(await request({}, new Date()), findKey)).toBe(false);
  });

  test('another algorithm is refused', async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .setIssuedAt()
      .sign(Buffer.alloc(32));
    expect(await verifyPlaid({ url: '', headers: { 'plaid-verification': token }, body }, findKey)).toBe(
      false,
    );
  });
});

describe('AWS SNS', () => {
  test('fields of the body are signed, by the key of a certificate that is fetched', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const server = createServer({ key, cert }, (_, response) => response.end(cert));
    server.listen(0, 'localhost');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const trusted = globalAgent.options.ca;
    globalAgent.options.ca = cert;
    const hosts = new RegExp(`^localhost:${port}$`);

    const message: Record<string, string> = {
      Type: 'Notification',
      MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      TopicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
      Subject: 'My First Message',
      Message: 'Hello\nworld / 🎯',
      Timestamp: '2012-05-02T00:54:06.655Z',
      SigningCertURL: `https://localhost:${port}/SimpleNotificationService.pem`,
    };
    function signed(
      fields: Record<string, string>,
      version = '1',
      order = Object.keys(fields).toSorted(),
    ): ReceivedRequest {
      const names = order.filter((name) => name !== 'SigningCertURL' && name !== 'UnsubscribeURL');
      const content = names.map((name) => `${name}\n${fields[name]}\n`).join('');
      const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(content), key).toString(
        'base64',
      );
      const body = JSON.stringify({ ...fields, SignatureVersion: version, Signature: signature });
      return { url: 'http://127.0.0.1/sns', headers: {}, body: Buffer.from(body) };
    }
    const { Subject: _, ...withoutSubject } = message;
    const confirmation = {
      ...withoutSubject,
      Type: 'SubscriptionConfirmation',
      Token: '2336412f37',
      SubscribeURL: 'https://localhost/?Action=ConfirmSubscription',
    };

    expect(await verifySns(signed(message), hosts)).toBe(true);
    expect(await verifySns(signed(message, '2'), hosts)).toBe(true);
    expect(await verifySns(signed(withoutSubject), hosts)).toBe(true);
    expect(await verifySns(signed(confirmation), hosts)).toBe(true);
    expect(await verifySns(signed({ ...message, UnsubscribeURL: 'https://localhost/' }), hosts)).toBe(true);
    expect(await verifySns(signed(message, '3'), hosts)).toBe(false);
    // The library leaves the token out here, against AWS's page: see docs/webhook-schemes.md.
    expect(await verifySns(signed({ ...confirmation, Type: 'UnsubscribeConfirmation' }), hosts)).toBe(false);
    expect(await verifySns(signed(message, '1', Object.keys(message)), hosts)).toBe(false);
    const other = signed(message).body.toString('utf8').replace('Hello', 'Hallo');
    expect(await verifySns({ url: '', headers: {}, body: Buffer.from(other) }, hosts)).toBe(false);
    expect(
      await verifySns(signed({ ...message, SigningCertURL: `https://localhost:${port}/cert` }), hosts),
    ).toBe(false);
    expect(await verifySns(signed(message))).toBe(false);

    globalAgent.options.ca = trusted;
    server.closeAllConnections();
    server.close();
  });
});
