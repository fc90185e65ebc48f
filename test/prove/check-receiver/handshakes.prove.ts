import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { discordVector } from '../webhook-sdks/vectors.ts';
import {
  type Handshake,
  handshakeBugs,
  handshakeListener,
  handshakeSecrets,
  handshakes,
  rightHandshake,
} from './handshakes.ts';
import { type Answer, send } from './send.ts';
import { listen } from './start-receiver.ts';

const json = { 'Content-Type': 'application/json' };
/** What Microsoft Graph sends has characters that a URL must escape. */
const token = 'Validation: Testing client application reachability+/=&?';

function signed(secret: string, body: string, prefix: string): Record<string, string> {
  const stamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
  return { ...json, [`${prefix}signature`]: `v0=${mac}`, [`${prefix}request-timestamp`]: stamp };
}

async function slack(url: string): Promise<boolean> {
  const body = JSON.stringify({ token: 'x', challenge: '3eZbrw1aBm2rZgRN', type: 'url_verification' });
  const right = await send(url, signed(handshakeSecrets.slack, body, 'x-slack-'), Buffer.from(body));
  const wrong = await send(url, signed('wrong', body, 'x-slack-'), Buffer.from(body));
  return right.status === 200 && right.body === '3eZbrw1aBm2rZgRN' && wrong.status === 401;
}

async function zoom(url: string): Promise<boolean> {
  const body = JSON.stringify({
    event: 'endpoint.url_validation',
    payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' },
  });
  const { status, body: answer } = await send(
    url,
    signed(handshakeSecrets.zoom, body, 'x-zm-'),
    Buffer.from(body),
  );
  const expected = createHmac('sha256', handshakeSecrets.zoom).update('qgg8vlvZRS6UYooatFL8Aw').digest('hex');
  return status === 200 && JSON.parse(answer).encryptedToken === expected;
}

function askMeta(url: string, verifyToken: string): Promise<Answer> {
  const query = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.challenge': '1158201444',
    'hub.verify_token': verifyToken,
  });
  return send(`${url}?${query}`, {}, [], 'GET');
}

async function meta(url: string): Promise<boolean> {
  const right = await askMeta(url, handshakeSecrets.meta);
  const wrong = await askMeta(url, 'another');
  return right.status === 200 && right.body === '1158201444' && wrong.status === 403;
}

async function graph(url: string): Promise<boolean> {
  const { status, body, headers, took } = await send(
    `${url}?validationToken=${encodeURIComponent(token)}`,
    {},
    Buffer.alloc(0),
  );
  return status === 200 && body === token && headers['content-type'] === 'text/plain' && took < 10_000;
}

async function discord(url: string): Promise<boolean> {
  const { request } = discordVector('{"type":1}');
  const right = await send(url, request.headers, request.body);
  const wrong = await send(url, { ...request.headers, 'x-signature-timestamp': '1' }, request.body);
  return right.status === 200 && right.body === '{"type":1}' && wrong.status === 401;
}

async function sns(url: string): Promise<boolean> {
  let visited = false;
  const confirmation = await listen((_, response) => {
    visited = true;
    response.end();
  });
  const body = JSON.stringify({
    Type: 'SubscriptionConfirmation',
    SubscribeURL: `${confirmation.origin}/?Token=1`,
  });
  const { status } = await send(url, { 'Content-Type': 'text/plain; charset=UTF-8' }, Buffer.from(body));
  await confirmation.close();
  return status === 200 && visited;
}

const asks: Readonly<Record<Handshake, (url: string) => Promise<boolean>>> = {
  slack,
  zoom,
  meta,
  graph,
  discord,
  sns,
};

async function passes(handshake: Handshake, listener: RequestListener): Promise<boolean> {
  const server = await listen(listener);
  const passed = await asks[handshake](`${server.origin}/hooks`);
  await server.close();
  return passed;
}

describe('right receivers pass their handshake', () => {
  test.each(handshakes)('%s', async (handshake) => {
    expect(await passes(handshake, rightHandshake(handshake))).toBe(true);
  });
});

describe('each bug shows in its handshake', () => {
  test.each(handshakeBugs)('$name', async ({ handshake, answer }) => {
    expect(await passes(handshake, handshakeListener(answer))).toBe(false);
  });
});
