import { createHmac, createPublicKey, verify } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Reply, sameText } from './delivery.ts';
import { readBytes } from './right-steps.ts';

/** The handshakes by which providers find out whether an endpoint is its owner's. */
export type Handshake = 'slack' | 'zoom' | 'meta' | 'graph' | 'discord' | 'sns';

/** Of each there is a right receiver. */
export const handshakes: readonly Handshake[] = ['slack', 'zoom', 'meta', 'graph', 'discord', 'sns'];

/** What each handshake's receiver knows: a signing secret, a token to compare, or a public key in hexadecimal. */
export const handshakeSecrets: Readonly<Record<Handshake, string>> = {
  slack: 'slack signing secret',
  zoom: 'zoom secret token',
  meta: 'meatyhamhock',
  graph: '',
  discord: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  sns: '',
};

interface Asked {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answerer = (asked: Asked) => Reply | Promise<Reply>;

const text = { 'content-type': 'text/plain' };
const json = { 'content-type': 'application/json' };

function fieldsOf({ body }: Asked): Record<string, unknown> {
  try {
    const value = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function header({ headers }: Asked, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** `v0=<hex>` over `v0:<stamp>:<body>`, as Slack and Zoom sign. */
function signedByVersion(asked: Asked, secret: string, signature: string, stamp: string): boolean {
  const mac = createHmac('sha256', secret)
    .update(`v0:${header(asked, stamp)}:`)
    .update(asked.body);
  const age = Math.abs(Date.now() / 1000 - Number(header(asked, stamp) || Number.NaN));
  return age <= 300 && sameText(header(asked, signature), `v0=${mac.digest('hex')}`);
}

function signedForDiscord(asked: Asked): boolean {
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(handshakeSecrets.discord, 'hex'),
  ]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const content = Buffer.concat([Buffer.from(header(asked, 'x-signature-timestamp')), asked.body]);
  const signature = Buffer.from(header(asked, 'x-signature-ed25519'), 'hex');
  return signature.length === 64 && verify(null, content, key, signature);
}

function zoomToken(plainToken: string, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', handshakeSecrets.zoom).update(plainToken).digest(encoding);
}

function plainTokenOf(asked: Asked): string {
  const { payload } = fieldsOf(asked);
  const token =
    typeof payload === 'object' && payload !== null && 'plainToken' in payload && payload.plainToken;
  return typeof token === 'string' ? token : '';
}

const done: Reply = { status: 200, body: 'ok' };
const unsigned: Reply = { status: 401 };

/** The right answers. */
const right: Readonly<Record<Handshake, Answerer>> = {
  slack(asked) {
    if (!signedByVersion(asked, handshakeSecrets.slack, 'x-slack-signature', 'x-slack-request-timestamp'))
      return unsigned;
    const { type, challenge } = fieldsOf(asked);
    return type === 'url_verification' ? { status: 200, headers: text, body: String(challenge) } : done;
  },
  zoom(asked) {
    if (!signedByVersion(asked, handshakeSecrets.zoom, 'x-zm-signature', 'x-zm-request-timestamp'))
      return unsigned;
    if (fieldsOf(asked).event !== 'endpoint.url_validation') return done;
    const plainToken = plainTokenOf(asked);
    const encryptedToken = zoomToken(plainToken, 'hex');
    return { status: 200, headers: json, body: JSON.stringify({ plainToken, encryptedToken }) };
  },
  meta({ method, query }) {
    if (method !== 'GET') return done;
    const known = sameText(query.get('hub.verify_token') ?? '', handshakeSecrets.meta);
    if (query.get('hub.mode') !== 'subscribe' || !known) return { status: 403 };
    return { status: 200, headers: text, body: query.get('hub.challenge') ?? '' };
  },
  graph({ query }) {
    const token = query.get('validationToken');
    return token === null ? { status: 202 } : { status: 200, headers: text, body: token };
  },
  discord(asked) {
    if (!signedForDiscord(asked)) return unsigned;
    return fieldsOf(asked).type === 1
      ? { status: 200, headers: json, body: '{"type":1}' }
      : { status: 200, headers: json, body: '{"type":5}' };
  },
  async sns(asked) {
    const { Type, SubscribeURL } = fieldsOf(asked);
    if (Type === 'SubscriptionConfirmation') await fetch(String(SubscribeURL));
    return done;
  },
};

/** A receiver that gets one handshake wrong. */
export interface HandshakeBug {
  readonly name: string;
  readonly bug: string;
  readonly handshake: Handshake;
  readonly answer: Answerer;
}

async function changed(handshake: Handshake, asked: Asked, change: (reply: Reply) => Reply): Promise<Reply> {
  return change(await right[handshake](asked));
}

export const handshakeBugs: readonly HandshakeBug[] = [
  {
    name: 'slack-no-challenge',
    bug: 'answers ok, and not the challenge',
    handshake: 'slack',
    answer: (asked) => changed('slack', asked, (reply) => ({ ...reply, body: 'ok' })),
  },
  {
    name: 'slack-unsigned',
    bug: 'answers the challenge before it verifies the signature',
    handshake: 'slack',
    answer(asked) {
      const { type, challenge } = fieldsOf(asked);
      return type === 'url_verification'
        ? { status: 200, headers: text, body: String(challenge) }
        : right.slack(asked);
    },
  },
  {
    name: 'zoom-base64',
    bug: 'answers the token in base64, where hexadecimal is asked',
    handshake: 'zoom',
    answer: (asked) =>
      changed('zoom', asked, (reply) => {
        const plainToken = plainTokenOf(asked);
        const body = JSON.stringify({ plainToken, encryptedToken: zoomToken(plainToken, 'base64') });
        return { ...reply, body };
      }),
  },
  {
    name: 'zoom-as-text',
    bug: 'answers the JSON object inside a JSON text',
    handshake: 'zoom',
    answer: (asked) => changed('zoom', asked, (reply) => ({ ...reply, body: JSON.stringify(reply.body) })),
  },
  {
    name: 'meta-any-token',
    bug: 'answers the challenge whatever the verify token',
    handshake: 'meta',
    answer: ({ query }) => ({ status: 200, headers: text, body: query.get('hub.challenge') ?? '' }),
  },
  {
    name: 'meta-quoted',
    bug: 'answers the challenge as a JSON text, in quotes',
    handshake: 'meta',
    answer: (asked) =>
      changed('meta', asked, (reply) => ({ ...reply, headers: json, body: JSON.stringify(reply.body) })),
  },
  {
    name: 'meta-post-only',
    bug: 'answers 405 to GET',
    handshake: 'meta',
    answer: ({ method }) => (method === 'POST' ? done : { status: 405, headers: { allow: 'POST' } }),
  },
  {
    name: 'graph-as-json',
    bug: 'answers the token as application/json, where text/plain is asked',
    handshake: 'graph',
    answer: (asked) => changed('graph', asked, (reply) => ({ ...reply, headers: json })),
  },
  {
    name: 'graph-not-decoded',
    bug: 'answers the token as it stands in the URL, with its percent signs',
    handshake: 'graph',
    answer: (asked) =>
      changed('graph', asked, (reply) => ({
        ...reply,
        body: reply.body === undefined ? '' : encodeURIComponent(reply.body),
      })),
  },
  {
    name: 'graph-too-late',
    bug: 'answers after eleven seconds, where ten are allowed',
    handshake: 'graph',
    async answer(asked) {
      await wait(11_000);
      return right.graph(asked);
    },
  },
  {
    name: 'discord-unsigned',
    bug: 'answers PING whatever its signature',
    handshake: 'discord',
    answer: (asked) =>
      fieldsOf(asked).type === 1 ? { status: 200, headers: json, body: '{"type":1}' } : done,
  },
  {
    name: 'discord-no-pong',
    bug: 'answers PING with an empty body',
    handshake: 'discord',
    answer: (asked) => changed('discord', asked, (reply) => ({ status: reply.status })),
  },
  {
    name: 'sns-not-confirmed',
    bug: 'answers 200 and never visits SubscribeURL',
    handshake: 'sns',
    answer: () => done,
  },
];

/** The listener of a handshake's right receiver, or of one of its bugs; `listen` in start-receiver.ts starts it. */
export function handshakeListener(answerer: Answerer): RequestListener {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = (await readBytes(request)) ?? Buffer.alloc(0);
    const asked = { method: request.method ?? '', query: searchParams, headers: request.headers, body };
    const reply = await answerer(asked);
    response.writeHead(reply.status, reply.headers ?? {}).end(reply.body ?? '');
  }
  return (request, response) => {
    respond(request, response).catch(() => response.destroy());
  };
}

/** The right receiver of a handshake. */
export function rightHandshake(handshake: Handshake): RequestListener {
  return handshakeListener(right[handshake]);
}
