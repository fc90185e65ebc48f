import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  secret: string;
  active: boolean;
  verified: boolean;
  readonly code: string;
}

/** One attempt as it is about to leave. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Payload {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** What a provider does, each of which a test may have done wrongly. */
export interface Manners {
  /** Who is told of an event. */
  isTold(hook: Hook, event: string, isDeleted: boolean): boolean;
  payload(payload: Payload, before: unknown, attempt: number): unknown;
  sign(content: string, secret: string): string;
  /** Unix seconds. */
  stamp(now: number): number;
  /** Changes an attempt that is signed already; none of it is sent for an empty list. */
  send(outgoing: Outgoing, attempt: number, event: string): readonly Outgoing[];
  /** Whether an attempt is followed by another. */
  isRetried(status: number, attempt: number): boolean;
  /** Whether a delivery waits until something else is asked for. */
  isHeld(event: string): boolean;
  /** Whether a write that is refused fires its event all the same. */
  firesRefused: boolean;
  followsRedirects: boolean;
}

const retries = 3;

export const goodManners: Manners = {
  isTold: ({ active, events, verified }, event, isDeleted) =>
    !isDeleted && active && verified && (events.includes(event) || events.includes('*')),
  payload: (payload) => payload,
  sign: (content, secret) =>
    `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
      .update(content)
      .digest('base64')}`,
  stamp: (now) => now,
  send: (outgoing) => [outgoing],
  isRetried: (status, attempt) => status !== 200 && status !== 204 && attempt <= retries,
  isHeld: () => false,
  firesRefused: false,
  followsRedirects: false,
};

/** A provider of `orders.yaml` and `renders.yaml`, written without anything of this project. */
export async function startProvider(own: Partial<Manners> = {}) {
  const manners: Manners = { ...goodManners, ...own };
  const orders = new Map<string, { id: string }>();
  const hooks = new Map<string, Hook>();
  const deleted = new Map<string, Hook>();
  const renders = new Map<string, { id: string }>();
  const underWay = new Set<Promise<void>>();
  let held: (() => void)[] = [];
  let next = 1;

  function track(work: () => Promise<void>): void {
    // Receivers that are gone are none of its business.
    const promise: Promise<void> = work()
      .catch(() => {})
      .finally(() => underWay.delete(promise));
    underWay.add(promise);
  }

  async function deliver(hook: Hook, event: string, make: (attempt: number) => unknown): Promise<void> {
    const id = `msg_${randomUUID()}`;
    for (let attempt = 1; ; attempt += 1) {
      const body = JSON.stringify(make(attempt));
      const stamp = manners.stamp(Math.floor(Date.now() / 1000));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'orders-hooks/1',
        'x-attempt': String(attempt),
        'webhook-id': id,
        'webhook-timestamp': String(stamp),
        'webhook-signature': manners.sign(`${id}.${stamp}.${body}`, hook.secret),
      };
      let status = 200;
      for (const { url, ...request } of manners.send(
        { url: hook.url, method: 'POST', headers, body },
        attempt,
        event,
      )) {
        const redirect = manners.followsRedirects ? ('follow' as const) : ('manual' as const);
        const answer = await fetch(url, { ...request, redirect });
        status = answer.status;
      }
      if (!manners.isRetried(status, attempt)) return;
    }
  }

  function tell(event: string, data: object, before: unknown): void {
    const all = [
      ...[...hooks.values()].map((hook) => [hook, false] as const),
      ...[...deleted.values()].map((hook) => [hook, true] as const),
    ];
    for (const [hook, isDeleted] of all) {
      if (!manners.isTold(hook, event, isDeleted)) continue;
      const payload: Payload = { id: randomUUID(), type: event, data: { ...data } };
      const start = () =>
        track(() => deliver(hook, event, (attempt) => manners.payload(payload, before, attempt)));
      if (manners.isHeld(event)) held.push(start);
      else start();
    }
  }

  const app = express().use(express.json());
  app.use((request, response, proceed) => {
    const waiting = held;
    if (request.method !== 'GET') {
      held = [];
      response.on('finish', () => {
        for (const start of waiting) start();
      });
    }
    proceed();
  });
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
  app.post('/orders', (request, response) => {
    const { item, quantity = 1 } = request.body ?? {};
    const isValid = typeof item === 'string' && item !== '' && isCount(quantity);
    const order = { id: String(next++), item, quantity };
    if (isValid || manners.firesRefused) tell('order.created', order, null);
    if (!isValid) return void response.status(422).end();
    orders.set(order.id, order);
    response.status(201).json(order);
  });
  app.get('/orders', (_, response) => void response.json([...orders.values()]));
  app.get('/orders/:id', (request, response) => {
    const order = orders.get(request.params.id);
    if (order) response.json(order);
    else response.status(404).end();
  });
  app.patch('/orders/:id', (request, response) => {
    const order = orders.get(request.params.id);
    if (!order) return void response.status(404).end();
    if (!isCount(request.body?.quantity)) return void response.status(422).end();
    const changed = { ...order, quantity: request.body.quantity };
    orders.set(order.id, changed);
    tell('order.updated', changed, order);
    response.json(changed);
  });
  app.delete('/orders/:id', (request, response) => {
    const order = orders.get(request.params.id);
    if (!order) return void response.status(404).end();
    orders.delete(order.id);
    tell('order.deleted', order, order);
    response.status(204).end();
  });

  const shown = ({ code: _, ...hook }: Hook) => hook;
  app.post('/hooks', (request, response) => {
    const { events, secret, url } = request.body ?? {};
    if (
      typeof url !== 'string' ||
      !URL.canParse(url) ||
      !Array.isArray(events) ||
      !(secret === undefined || typeof secret === 'string')
    )
      return void response.status(422).end();
    const hook: Hook = {
      id: String(next++),
      url,
      events,
      secret: secret ?? `whsec_${Buffer.from(randomUUID()).toString('base64')}`,
      active: true,
      verified: false,
      code: randomUUID(),
    };
    hooks.set(hook.id, hook);
    response.status(201).json(shown(hook));
    track(() => deliver(hook, 'hook.verification', () => ({ type: 'hook.verification', code: hook.code })));
  });
  app.get('/hooks', (_, response) => void response.json([...hooks.values()].map(shown)));
  app.put('/hooks/:code/verify', (request, response) => {
    const hook = [...hooks.values()].find(({ code }) => code === request.params.code);
    if (hook) hook.verified = true;
    response.status(hook ? 204 : 404).end();
  });
  app.get('/hooks/:id', (request, response) => {
    const hook = hooks.get(request.params.id);
    if (hook) response.json(shown(hook));
    else response.status(404).end();
  });
  app.patch('/hooks/:id', (request, response) => {
    const hook = hooks.get(request.params.id);
    if (!hook) return void response.status(404).end();
    if (typeof request.body?.active === 'boolean') hook.active = request.body.active;
    if (typeof request.body?.secret === 'string') hook.secret = request.body.secret;
    response.json(shown(hook));
  });
  app.delete('/hooks/:id', (request, response) => {
    const hook = hooks.get(request.params.id);
    if (!hook) return void response.status(404).end();
    hooks.delete(hook.id);
    deleted.set(hook.id, hook);
    response.status(204).end();
  });

  app.post('/renders', (request, response) => {
    const { callbackUrl, scene } = request.body ?? {};
    const isValid =
      typeof scene === 'string' &&
      scene !== '' &&
      typeof callbackUrl === 'string' &&
      URL.canParse(callbackUrl);
    if (!isValid) return void response.status(422).end();
    const render = { id: String(next++), scene, callbackUrl };
    renders.set(render.id, render);
    response.status(201).json(render);
    const outgoing = {
      url: `${callbackUrl}?by=mail`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(manners.payload({ id: '', type: 'done', data: { render } }, null, 1)),
    };
    track(async () => {
      for (const { url, ...init } of manners.send(outgoing, 1, 'done')) {
        const { data } = JSON.parse(init.body);
        await fetch(url, { ...init, body: JSON.stringify(data) });
      }
    });
  });
  app.get('/renders/:id', (request, response) => {
    const render = renders.get(request.params.id);
    if (render) response.json(render);
    else response.status(404).end();
  });
  app.delete('/renders/:id', (request, response) => {
    response.status(renders.delete(request.params.id) ? 204 : 404).end();
  });

  const server = createServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    /** What is left there. */
    left: () => orders.size + hooks.size + renders.size,
    /** Resolves when nothing is on its way. */
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
