import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer = {
  200: { description: 'It is.', content: { 'application/json': { schema: { type: 'object' } } } },
};
const count = { name: 'count', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } };
/** Thirty operations, each with cases enough. */
const document = await loadDocument({
  name: 'many',
  document: {
    openapi: '3.1.0',
    info: { title: 'Many', version: '1' },
    paths: Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `/things${index}`,
        {
          get: {
            operationId: `things${index}`,
            parameters: [count],
            responses: { ...answer, 400: answer[200] },
          },
        },
      ]),
    ),
  },
});

interface Ran {
  readonly seconds: number;
  readonly waits: readonly number[];
  readonly report: Awaited<ReturnType<typeof runContract>>;
}

/** Runs the contract against a server, with waits that take no time and are noted. */
async function test(
  handler: RequestListener,
  options: { maxTime?: number; sleeps?: boolean } = {},
): Promise<Ran> {
  const waits: number[] = [];
  const sleep = options.sleeps ? () => new Promise<void>(() => {}) : async () => {};
  const transport = await undiciTransport(await serve(handler), {
    timeout: 100,
    sleep,
    onWait: (milliseconds) => waits.push(milliseconds),
  });
  const began = performance.now();
  const report = await runContract(document, transport, { maxTime: options.maxTime, workers: 1 });
  await transport.close();
  return { seconds: (performance.now() - began) / 1000, waits, report };
}

const isRoot = (url = '/') => url === '/' || url.startsWith('/_sparring');

describe('a run ends', () => {
  it.each<[string, RequestListener]>([
    ['hangs', ({ url }, response) => void (isRoot(url) && response.end('{}'))],
    ['hangs whatever is asked', () => {}],
    [
      'sends half an answer',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":'),
    ],
    [
      'drips',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('with its reports, when the server %s', async (_, handler) => {
    const { report } = await test(handler);
    expect(report.ended).toEqual({
      because: expect.stringMatching(/no whole answer to \d+ requests in a row/),
      isFailure: true,
    });
    expect(report.aborted).toBe(true);
    expect(report.counts.requests).toBeLessThan(25);
    expect(report.notRun.length).toBeGreaterThan(50);
    expect(report.counts.fatal).toBeGreaterThan(0);
  });

  it.each<[string, string | undefined, number]>([
    ['for eleven days', '999999', 0],
    ['until a day in the next century', 'Tue, 01 Dec 2126 00:00:00 GMT', 0],
    ['for seconds, each time', '2', 300_000],
    ['and does not say for how long', undefined, 300_000],
  ])('when the server asks to wait %s', async (_, retryAfter, mostWaited) => {
    const { report, waits } = await test((_request, response) => {
      response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
    });
    expect(report.ended?.because).toContain('429');
    expect(report.ended?.because).toContain(retryAfter ?? 'too many');
    expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(mostWaited);
    expect(report.counts.requests).toBeLessThan(25);
  });

  it('when its time is up, also while it waits for a rate limit; the rest is told as not run', async () => {
    const { report, seconds } = await test(
      ({ url }, response) => void response.writeHead(isRoot(url) ? 404 : 429, { 'retry-after': '30' }).end(),
      { maxTime: 300, sleeps: true },
    );
    expect(report.ended).toEqual({ because: 'The time of the run, 0.3 s, was up.', isFailure: false });
    expect(report.notRun.map(({ reason }) => reason)).toContain('the run was ended before');
    expect(seconds).toBeLessThan(20);
  });

  it('not for one operation that hangs: its other cases are left out, and all others run', async () => {
    const { report } = await test(({ url = '' }, response) => {
      if (url.startsWith('/things3?') || url === '/things3') return;
      const isBad = /count=(?!\d+$)|count=(?:0|\d{2,}|-)/.test(url);
      response.writeHead(isBad ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
    });
    expect(report.ended).toBeUndefined();
    const leftOut = report.notRun.filter(({ reason }) => reason.includes('no whole answer 3 times in a row'));
    expect(new Set(leftOut.map(({ operation }) => operation))).toEqual(new Set(['things3']));
    expect(
      report.runs.some(({ case: { operation }, notRun }) => operation.id === 'things29' && !notRun),
    ).toBe(true);
  });

  it('not for a rate limit that passes', async () => {
    let turn = 0;
    const { report, waits } = await test((_, response) => {
      turn += 1;
      if (turn % 7 === 0) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    expect(report.ended).toBeUndefined();
    expect(waits.length).toBeGreaterThan(10);
  });
});
