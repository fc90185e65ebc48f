import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { TransportRequest } from '../src/contract/execute/transport/transport.ts';
import { undiciTransport } from '../src/contract/execute/transport/undici-transport.ts';
import { runContract } from '../src/contract/run/run-contract.ts';
import { bundledApis, findApi } from '../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../src/openapi/load/load-document.ts';
import { startServer } from './child-server.ts';
import { formatRatio } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const root = fileURLToPath(new URL('..', import.meta.url));

/** How fast the contract kit plans, sends and judges beside autocannon, which only sends; and how long all bundled mocks take. */
export async function measureContract(): Promise<string> {
  const lines: string[] = [];
  for (const api of ['hive', 'rehive']) {
    const ratios: number[] = [];
    let count = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const { rate, usual } = await ourRate(api);
      const theirs = await rateOfAutocannon(api, usual);
      count = usual.length;
      // The first round fills the compile cache.
      if (round > 0) ratios.push(rate / theirs);
    }
    lines.push(
      `  ${api.padEnd(7)} ${String(count).padStart(5)} requests, of autocannon ${formatRatio(ratios)}`,
    );
  }
  return [
    'requests a second of a whole run (plan, execute, judge), and of autocannon that sends what was accepted, by one connection',
    ...lines,
    `  sparring test of all bundled mocks, one after the other: ${await secondsOfAll()} s  goal at most 60`,
  ].join('\n');
}

/** Requests a second of a run, and those of them that had the usual answers: autocannon waits for the body that an answer to HEAD does not have. */
async function ourRate(api: string): Promise<{ rate: number; usual: readonly TransportRequest[] }> {
  const server = await serve(api);
  const transport = await undiciTransport(`${server.url}/${api}`);
  const usual: TransportRequest[] = [];
  let count = 0;
  try {
    const started = performance.now();
    const report = await runContract(await loadDocument(findApi(api)), {
      ...transport,
      async send(request) {
        const answer = await transport.send(request);
        count += 1;
        const { status = 0 } = answer.response ?? {};
        if (request.method !== 'HEAD' && (status === 200 || status === 201)) usual.push(request);
        return answer;
      },
    });
    const seconds = (performance.now() - started) / 1000;
    assert.equal(report.counts.fatal, 0);
    return { rate: count / seconds, usual };
  } finally {
    await transport.close();
    await server.stop();
  }
}

async function rateOfAutocannon(api: string, requests: readonly TransportRequest[]): Promise<number> {
  const server = await serve(api);
  try {
    const result = await autocannon({
      url: server.url,
      connections: 1,
      amount: requests.length,
      requests: requests.map(({ body, headers, method, url }) => {
        const { pathname, search } = new URL(url);
        return {
          method: methodOf(method),
          path: `${pathname}${search}`,
          headers: { ...headers },
          ...(body !== undefined && { body: typeof body === 'string' ? body : Buffer.from(body) }),
        };
      }),
    });
    assert.equal(result.errors, 0);
    return requests.length / result.duration;
  } finally {
    await server.stop();
  }
}

function methodOf(method: string): autocannon.Request['method'] {
  return method as autocannon.Request['method'];
}

function serve(api: string) {
  return startServer(['src/cli.ts', 'serve', api, '--quiet', '-p', '{port}'], '/_sparring/health');
}

async function secondsOfAll(): Promise<string> {
  const started = performance.now();
  for (const { name } of bundledApis()) await test(name);
  return ((performance.now() - started) / 1000).toFixed(1);
}

/** Rejects when the run does not pass. */
function test(api: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['src/cli.ts', 'test', api],
      { cwd: root, maxBuffer: 2 ** 26 },
      (error, stdout) => (error ? reject(new Error(`sparring test ${api} failed:\n${stdout}`)) : resolve()),
    );
  });
}
