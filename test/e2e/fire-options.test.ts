import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receiver/create-receiver.ts';
import { jsonLines, makeFolder, runSparring } from '../commands/run-sparring.ts';
import { startSparring, stopAll } from './webhook-commands/start-sparring.ts';

const parcels = fileURLToPath(new URL('webhook-commands/parcels.yaml', import.meta.url));
const secret = 'parcel-secret';
const open: Receiver[] = [];
let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});
afterEach(async () => {
  stopAll();
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});
afterAll(() => folder.remove());

async function receive(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await createReceiver({ scheme: 'github', secret, ...options });
  open.push(receiver);
  return receiver;
}

function fire(receiver: Pick<Receiver, 'url'>, ...args: readonly string[]) {
  const to = ['--to', `${receiver.url}/hooks`];
  return runSparring(['fire', parcels, 'parcel.sent', ...to, '--secret', secret, ...args]);
}

describe('an event of one’s own document', () => {
  it('arrives as its example, with the headers and the signature the document asks for', async () => {
    const receiver = await receive();
    const { code, stderr } = await fire(receiver);
    expect(receiver.requests).toMatchObject([
      {
        method: 'POST',
        path: '/hooks',
        text: '{"id":"7d1c5c3e-0d0e-4d8f-9a55-3b1e6a0a9c11","event":"parcel.sent","weight":1,"note":"Tea"}',
        headers: { 'content-type': 'application/json', 'x-event': 'parcel.sent', 'x-attempt': '1' },
        verification: { valid: true },
      },
    ]);
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('is tried again as the schedule says, with the same bytes and id', async () => {
    const receiver = await receive({ answer: { failFirst: 2 } });
    const { code, stdout } = await fire(receiver);
    expect(receiver.requests.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
    expect(new Set(receiver.requests.map(({ headers }) => headers['x-delivery'])).size).toBe(1);
    expect(receiver.requests.map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2', '3']);
    expect(stdout).toMatch(/500[\s\S]*100 ms[\s\S]*500[\s\S]*200 ms[\s\S]*200/);
    expect(code).toBe(0);
  });

  it('is retried on the provider’s own schedule with --real-time, until Ctrl-C ends it with 130', async () => {
    const receiver = await receive({ answer: { status: 503 } });
    const run = startSparring([
      ...['fire', parcels, 'parcel.lost', '--to', receiver.url, '--real-time', '--json'],
    ]);
    const [line] = await run.printed(/.*503.*\n/);
    expect(JSON.parse(line)).toMatchObject({ dueIn: 3_600_000, providerWaits: 3_600_000 });
    expect(await run.stop()).toBe(130);
    expect(jsonLines(run.output.stdout).at(-1)).toMatchObject({ event: 'summary', waiting: 1 });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe('the payload', () => {
  it('is the named example, with fields set', async () => {
    const receiver = await receive();
    await fire(receiver, '--example', 'heavy', '--set', 'weight=901', '--set', 'note=Bricks');
    expect(receiver.requests).toMatchObject([
      { json: { weight: 901, note: 'Bricks' }, verification: { valid: true } },
    ]);
  });

  it('that breaks the document is refused with its violations, unless it is wanted', async () => {
    const receiver = await receive();
    const refused = await fire(receiver, '--set', 'weight=0');
    expect(refused.stderr).toContain('payload/weight');
    expect(refused.stderr).toContain('--no-validate');
    expect([refused.code, receiver.requests.length]).toEqual([2, 0]);
    const sent = await fire(receiver, '--set', 'weight=0', '--no-validate');
    expect([sent.code, receiver.requests[0]?.json]).toEqual([0, expect.objectContaining({ weight: 0 })]);
  });

  it('is made to break the document with --invalid', async () => {
    const receiver = await receive();
    expect((await fire(receiver, '--invalid', '--seed', '4')).code).toBe(0);
    const file = join(folder.path, 'broken.json');
    await writeFile(file, receiver.requests[0]?.text ?? '');
    const refused = await fire(receiver, '--data', file);
    expect(refused.stderr).toContain('payload/');
    expect(refused.code).toBe(2);
  });
});

describe('--print', () => {
  it('shows exactly what would arrive', async () => {
    const receiver = await receive();
    const { stdout } = await fire(receiver, '--print', '--header', 'X-Trace: 1');
    expect(receiver.requests).toEqual([]);
    await fire(receiver, '--header', 'X-Trace: 1');
    const { headers = {}, text = '' } = receiver.requests[0] ?? {};
    expect(stdout).toContain(text);
    for (const name of [
      'content-type',
      'x-event',
      'x-trace',
      'x-hub-signature-256',
      'host',
      'content-length',
    ])
      expect(stdout.toLowerCase()).toContain(`${name}: ${headers[name]}`);
    expect(stdout).toContain(`${receiver.url}/hooks`);
  });
});

describe('many', () => {
  it('are each different, side by side, and told of one by one', async () => {
    const receiver = await receive();
    const { code, stdout } = await fire(receiver, '--count', '60', '--concurrency', '8', '--json');
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(60);
    expect(receiver.requests.every(({ verification }) => verification?.valid)).toBe(true);
    expect(jsonLines(stdout)).toHaveLength(61);
    expect(code).toBe(0);
  });

  it('are more than may wait at a time', async () => {
    const receiver = await receive();
    const { code, stdout } = await fire(receiver, '--count', '1500', '--concurrency', '20');
    expect(receiver.requests).toHaveLength(1500);
    expect(stdout).toContain('1500 delivered');
    expect(code).toBe(0);
  });

  it('are no more than --concurrency at once', async () => {
    let active = 0;
    let most = 0;
    const server = createServer((request, response) => {
      active += 1;
      most = Math.max(most, active);
      const end = () => {
        active -= 1;
        response.end();
      };
      request.resume().on('end', () => setTimeout(end, 20));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await fire({ url: `http://127.0.0.1:${port}` }, '--count', '12', '--concurrency', '3');
    server.close();
    expect(most).toBe(3);
  });

  it('keep to a rate', async () => {
    const receiver = await receive();
    await fire(receiver, '--count', '5', '--rate', '20/s');
    const times = receiver.requests.map(({ at }) => at);
    expect(times).toHaveLength(5);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(150);
  });

  it('arrive twice with --duplicate, and in another order with --shuffle', async () => {
    const receiver = await receive();
    const { stdout } = await fire(receiver, '--count', '3', '--duplicate');
    const bodies = receiver.requests.map(({ text }) => text);
    expect([bodies.length, new Set(bodies).size]).toEqual([6, 3]);
    expect(stdout).toContain('6 attempts');
    const inOrder = ['--count', '12', '--seed', '3', '--concurrency', '1'];
    const textsOf = async (...more: readonly string[]) => {
      receiver.clear();
      await fire(receiver, ...inOrder, ...more);
      return receiver.requests.map(({ text }) => text);
    };
    const straight = await textsOf();
    const shuffled = await textsOf('--shuffle');
    expect(shuffled.toSorted()).toEqual(straight.toSorted());
    expect(shuffled).not.toEqual(straight);
  });
});

describe('what a receiver must notice', () => {
  it('is a signature that does not hold; an answer that was expected is not retried', async () => {
    const receiver = await receive({
      answer: ({ verification }) => ({ status: verification?.valid ? 200 : 401 }),
    });
    const { code } = await fire(receiver, '--corrupt-signature', '--expect', '4xx');
    expect(receiver.requests.map(({ verification }) => verification)).toMatchObject([
      { valid: false, reason: 'signature-mismatch' },
    ]);
    expect(code).toBe(0);
    expect((await fire(receiver, '--expect', '4xx')).code).toBe(1);
  });

  it('may be a header of one’s own', async () => {
    const receiver = await receive();
    await fire(receiver, '--header', 'X-Trace: abc: {event}', '--header', 'x-event: other');
    expect(receiver.requests[0]?.headers).toMatchObject({
      'x-trace': 'abc: parcel.sent',
      'x-event': 'other',
    });
  });
});

const nobody = ['--to', 'http://127.0.0.1:9'];

it.for([
  ['an unknown example', ['--example', 'x'], /light, heavy/],
  ['a target that is no URL', ['--to', 'localhost:3000'], /http:\/\//],
  ['statuses that are none', ['--expect', 'ok'], /2xx/],
  ['a rate that is none', ['--rate', 'fast'], /rate/],
  ['a header without a value', ['--header', 'X'], /X-Trace: abc/],
  ['a header with an unknown placeholder', ['--header', 'X-A: {attmpt}'], /attempt/],
  ['a header that frames the message', ['--header', 'Content-Length: 1'], /Content-Length/],
  ['a header of two lines', ['--header', 'X-A: a\r\nX-B: b'], /one line/],
  ['a file that is not there', ['--data', 'no.json'], /no\.json/],
  ['both a file and an example', ['--data', 'no.json', '--example', 'light'], /--example/],
  ['a path that cannot be set', ['--set', 'weight'], /path=value/],
] as const)('sparring fire ends with code 2 for %s', async ([, args, message]) => {
  const { code, stderr } = await runSparring(['fire', parcels, 'parcel.sent', ...nobody, ...args]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(2);
});
