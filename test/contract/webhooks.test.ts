import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/contract/checks/index.ts';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { createReceiver } from '../../src/index.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { failedChecks, type Mutation, testBroken } from './broken-server.ts';
import { goodManners, type Manners, type Outgoing, startProvider } from './webhook-provider.ts';

const orders = await loadDocument('test/contract/orders.yaml');
const renders = await loadDocument('test/contract/renders.yaml');

async function testProvider(
  manners: Partial<Manners> = {},
  { document = orders, ...options }: ContractOptions & { readonly document?: typeof orders } = {},
): Promise<RunReport> {
  const provider = await startProvider(manners);
  const transport = await undiciTransport(provider.url);
  try {
    const report = await runContract(document, transport, {
      phases: ['webhooks'],
      workers: 1,
      receiver: { settle: provider.settle },
      // The documents do not say how sure they are of a fact; here every fact counts.
      strict: true,
      ...options,
    });
    expect(report.leftovers).toEqual([]);
    expect(provider.left()).toBe(0);
    return report;
  } finally {
    await transport.close();
    await provider.close();
  }
}

const changing = (change: (outgoing: Outgoing, attempt: number) => Partial<Outgoing>): Partial<Manners> => ({
  send: (outgoing, attempt) => [{ ...outgoing, ...change(outgoing, attempt) }],
});
const isOrder = (event: string) => event.startsWith('order.');

/** What a provider may do wrongly, and the checks of which at least one must find it. */
const defects: readonly [string, readonly string[], Partial<Manners>][] = [
  [
    'drops an event',
    ['webhook-delivered'],
    { isTold: (hook, event, gone) => event !== 'order.updated' && goodManners.isTold(hook, event, gone) },
  ],
  [
    'sends nothing',
    ['webhook-delivered'],
    { send: (outgoing, _, event) => (isOrder(event) ? [] : [outgoing]) },
  ],
  [
    'sends everything twice',
    ['webhook-once'],
    { send: (outgoing, _, event) => (isOrder(event) ? [outgoing, outgoing] : [outgoing]) },
  ],
  ['sends late', ['webhook-delivered'], { isHeld: isOrder }],
  [
    'names another event',
    ['webhook-only-subscribed'],
    { payload: (payload) => ({ ...payload, type: 'order.changed' }) },
  ],
  [
    'tells of the record as it was',
    ['webhook-equals-read'],
    { payload: (payload, before) => ({ ...payload, data: before ?? payload.data }) },
  ],
  [
    'tells of another record',
    ['webhook-equals-read'],
    { payload: ({ data, ...payload }) => ({ ...payload, data: { ...data, id: '0' } }) },
  ],
  [
    'leaves out what must be there',
    ['webhook-payload'],
    { payload: ({ data, ...payload }) => ({ ...payload, data: { ...data, item: undefined } }) },
  ],
  [
    'writes numbers as texts',
    ['webhook-payload'],
    {
      payload: ({ data, ...payload }) => ({ ...payload, data: { ...data, quantity: String(data.quantity) } }),
    },
  ],
  [
    'writes the body anew after it was signed',
    ['webhook-signed'],
    changing(({ body }) => ({ body: JSON.stringify(JSON.parse(body), null, 1) })),
  ],
  [
    'signs with another secret',
    ['webhook-signed'],
    { sign: (content) => goodManners.sign(content, 'whsec_b3RoZXI=') },
  ],
  [
    'signs by another algorithm',
    ['webhook-signed'],
    { sign: (content, secret) => `v1,${createHmac('sha512', secret).update(content).digest('base64')}` },
  ],
  [
    'does not sign',
    ['webhook-signed'],
    changing(({ headers: { 'webhook-signature': _, ...headers } }) => ({ headers })),
  ],
  ['stamps an old time', ['webhook-signed'], { stamp: (now) => now - 3600 }],
  ['stamps a time to come', ['webhook-signed'], { stamp: (now) => now + 3600 }],
  [
    'changes the id from attempt to attempt',
    ['webhook-id-stable'],
    { payload: (payload, _, attempt) => ({ ...payload, id: `${payload.id}-${attempt}` }) },
  ],
  [
    'changes the payload from attempt to attempt',
    ['webhook-id-stable'],
    { payload: ({ data, ...payload }, _, attempt) => ({ ...payload, data: { ...data, attempt } }) },
  ],
  ['gives all deliveries one id', ['webhook-id-stable'], { payload: (payload) => ({ ...payload, id: '1' }) }],
  ['does not try again', ['webhook-retried'], { isRetried: () => false }],
  [
    'takes a status for success that is none',
    ['webhook-retried'],
    { isRetried: (status, attempt) => status >= 400 && attempt < 4 },
  ],
  ['follows redirects', ['webhook-retried'], { followsRedirects: true }],
  ['tries again after a success', ['webhook-once'], { isRetried: (_, attempt) => attempt < 2 }],
  [
    'tells who has unsubscribed',
    ['webhook-unsubscribed'],
    { isTold: (hook, event) => goodManners.isTold(hook, event, false) },
  ],
  [
    'tells who is switched off',
    ['webhook-unsubscribed'],
    { isTold: (hook, event, gone) => goodManners.isTold({ ...hook, active: true }, event, gone) },
  ],
  [
    'tells who is not verified',
    ['webhook-handshake'],
    { isTold: (hook, event, gone) => goodManners.isTold({ ...hook, verified: true }, event, gone) },
  ],
  [
    'sends the verification twice',
    ['webhook-handshake'],
    { send: (outgoing, _, event) => (isOrder(event) ? [outgoing] : [outgoing, outgoing]) },
  ],
  ['tells of a call that it refused', ['webhook-only-on-success'], { firesRefused: true }],
  [
    'tells of events that nobody asked for',
    ['webhook-only-subscribed'],
    { isTold: (hook, event, gone) => goodManners.isTold({ ...hook, events: ['*'] }, event, gone) },
  ],
  [
    'leaves out a header',
    ['webhook-headers'],
    changing(({ headers: { 'x-attempt': _, ...headers } }) => ({ headers })),
  ],
  [
    'fills a header wrongly',
    ['webhook-headers'],
    changing(({ headers }) => ({ headers: { ...headers, 'x-attempt': 'first' } })),
  ],
  [
    'calls itself something else',
    ['webhook-headers'],
    changing(({ headers }) => ({ headers: { ...headers, 'user-agent': 'curl/8' } })),
  ],
  [
    'sends another media type',
    ['webhook-payload'],
    changing(({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } })),
  ],
  ['sends by another method', ['webhook-payload'], changing(() => ({ method: 'PUT' }))],
  [
    'breaks the body off',
    ['webhook-payload', 'webhook-signed'],
    changing(({ body }) => ({ body: body.slice(0, body.length / 2) })),
  ],
];

/** A case for each of what defects show in. */
const eventCause = [
  'order.created-delivered',
  'order.updated-delivered',
  'order.created-retried',
  'created-inactive',
  'created-handshake',
];

describe('a provider of webhooks', () => {
  it('that is healthy raises no alarm, and everything that can be tried there is', async () => {
    const report = await testProvider();
    expect(report.verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(new Set(report.notRun.map(({ reason }) => reason))).toEqual(
      new Set([
        'no operation causes invoice.sent; only a mock can be told to',
        'only a mock lets the time of all retries pass at once',
      ]),
    );
    const passed = new Set(report.verdicts.map(({ check }) => check));
    expect(checks.map(({ id }) => id).filter((id) => id.startsWith('webhook-') && !passed.has(id))).toEqual(
      [],
    );
  });

  it.each(defects)('that %s is found by %j', async (_, expected, manners) => {
    const report = await testProvider(manners, { only: eventCause });
    const found = failedChecks(report, true);
    expect(expected.filter((check) => !found.includes(check))).toEqual([]);
  });

  it('has a defect for every check of webhooks', () => {
    const tried = new Set(defects.flatMap(([, expected]) => expected));
    const ids = checks.map(({ id }) => id).filter((id) => id.startsWith('webhook-'));
    expect(ids.filter((id) => !tried.has(id))).toEqual([]);
  });

  it('gets the same verdicts by many cases at once', async () => {
    const brief = ({ verdicts }: RunReport) =>
      verdicts.map(({ case: id, check, outcome }) => `${check} ${id} ${outcome}`);
    expect(brief(await testProvider({}, { workers: 8 }))).toEqual(brief(await testProvider()));
  });
});

describe('a callback of a document without any extension', () => {
  it('is made with the record that the call created', async () => {
    const report = await testProvider({}, { document: renders });
    expect(failedChecks(report, false)).toEqual([]);
    const passed = report.verdicts
      .filter(({ check }) => check.startsWith('webhook-'))
      .map(({ check }) => check);
    expect(new Set(passed)).toEqual(
      new Set([
        'webhook-delivered',
        'webhook-once',
        'webhook-payload',
        'webhook-equals-read',
        'webhook-only-on-success',
      ]),
    );
    expect(report.verdicts.find(({ check }) => check === 'webhook-delivered')?.provenance).toBe('inferred');
  });

  it('is noted where it is not made, which the document does not promise', async () => {
    const report = await testProvider({ send: () => [] }, { document: renders });
    expect(failedChecks(report, false)).toEqual(['webhook-delivered']);
    expect(failedChecks(report, true)).toEqual([]);
  });

  it.each<[string, string, Partial<Manners>]>([
    ['is made twice', 'webhook-once', { send: (outgoing) => [outgoing, outgoing] }],
    ['tells nothing', 'webhook-payload', { payload: (payload) => ({ ...payload, data: {} }) }],
    [
      'tells something else',
      'webhook-equals-read',
      {
        payload: ({ data, ...payload }) => ({
          ...payload,
          data: { render: { ...Object(data.render), scene: 'other' } },
        }),
      },
    ],
  ])('is found wanting where it %s', async (_, check, manners) => {
    expect(failedChecks(await testProvider(manners, { document: renders }), true)).toContain(check);
  });

  it('is made by a mock', async () => {
    const report = await testBroken({ api: 'test/contract/renders.yaml', phases: ['webhooks'] });
    expect(failedChecks(report, false)).toEqual([]);
    expect(report.counts.notRun).toBe(0);
  });
});

describe('a provider that is not this machine', () => {
  const elsewhere = 'https://api.example.com/v1';

  /** Beside the run, somebody else uses the same account. */
  async function testElsewhere(manners: Partial<Manners>, options: ContractOptions): Promise<RunReport> {
    const provider = await startProvider(manners);
    const target = fetchTransport(async (request) => {
      if (request.method === 'POST' && request.url.endsWith('/orders')) {
        const headers = { 'content-type': 'application/json' };
        await fetch(`${provider.url}/orders`, { method: 'POST', headers, body: '{"item":"Of others"}' });
      }
      return fetch(new Request(request.url.replace(elsewhere, provider.url), request));
    }, elsewhere);
    const only = ['order.created-delivered', 'order.created-retried'];
    const settle = { settle: provider.settle };
    const receiver = options.receiver && { ...settle, ...options.receiver };
    try {
      return await runContract(orders, target, { phases: ['webhooks'], only, ...options, receiver });
    } finally {
      await provider.close();
    }
  }

  /** A tunnel's address has to be known before the receiver listens. */
  async function tunnel(): Promise<{ readonly url: string; readonly port: number }> {
    const { close, url } = await createReceiver();
    await close();
    return { url, port: Number(new URL(url).port) };
  }

  it('is told where webhooks are to go, and only what speaks of records of the run is looked at', async () => {
    const report = await testElsewhere({}, { write: true, receiver: await tunnel() });
    expect(report.verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.notRun).toEqual([]);
    expect(report.verdicts.filter(({ check }) => check === 'webhook-delivered').length).toBe(3);
  });

  it('is not asked for webhooks where it cannot reach this machine, or nothing may be written', async () => {
    const reasons = async (options: ContractOptions) =>
      new Set((await testElsewhere({}, options)).notRun.map(({ reason }) => reason));
    expect(await reasons({ write: true })).toEqual(
      new Set(['it cannot reach this machine; give the address of a tunnel to it with --receiver']),
    );
    expect([...(await reasons({ receiver: await tunnel() }))].join()).toContain('--write');
  });

  it('does not fail the run by what no document promises, such as that nothing comes twice', async () => {
    const twice: Partial<Manners> = { send: (outgoing) => [outgoing, outgoing] };
    const report = await testElsewhere(twice, { write: true, receiver: await tunnel() });
    const found = report.verdicts.filter(
      ({ check, outcome }) => check === 'webhook-once' && outcome === 'failed',
    );
    expect(found.map(({ fatal, provenance }) => `${fatal} ${provenance}`)).toContain('false inferred');
    expect(found.some(({ fatal }) => fatal)).toBe(false);
  });
});

describe('a document that does not say enough', () => {
  it('has it said why an event or a callback is not tested', async () => {
    const { cases, gaps } = makePlan(await loadDocument('test/openapi/documents/webhooks.yaml'), {
      phases: ['webhooks'],
    });
    expect(new Set(cases.map(({ id }) => id))).toEqual(
      new Set(['createPayment/paid/webhooks/delivered', 'createPayment/paid/webhooks/retried']),
    );
    const reasons = new Map(gaps.map(({ operation, reason }) => [operation, reason]));
    expect(reasons.get('push')).toMatch(/names no subscriptions/);
    expect(reasons.get('createPayment')).toMatch(/address of closed is not the caller's to choose/);
  });
});

/** Adds a fault to the emitter of each namespace that the run enters. */
function withFault(fault: object): Mutation {
  const disturbed = new Set<string>();
  return async (request, respond) => {
    const namespace = request.headers.get('sparring-namespace') ?? '';
    if (!disturbed.has(namespace)) {
      disturbed.add(namespace);
      const headers = { 'sparring-namespace': namespace, 'content-type': 'application/json' };
      const url = new URL('/_sparring/delivery-faults', request.url);
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(fault) });
    }
    return respond(request);
  };
}

describe('the emitter of a mock', () => {
  it.each([
    ['drop', 'webhook-delivered', {}],
    ['delay', 'webhook-delivered', {}],
    ['delay', 'webhook-delivered', { by: '2h' }],
    ['reorder', 'webhook-delivered', {}],
    ['duplicate', 'webhook-once', {}],
    ['corrupt-signature', 'webhook-signed', {}],
    ['stale-timestamp', 'webhook-signed', {}],
    ['truncate-body', 'webhook-payload', {}],
  ])('with the fault %s is found by %s', async (kind, check, more) => {
    const fault = { kind, event: 'job-state-changed', ...more };
    const report = await testBroken({
      api: 'hover',
      phases: ['webhooks'],
      only: ['/job-state-changed-delivered'],
      mutation: withFault(fault),
    });
    expect(failedChecks(report, true)).toContain(check);
  });
});
