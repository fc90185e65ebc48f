import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver, verifyWebhook } from '../../src/index.ts';
import { makeFolder, runSparring, startServer, stopServers } from '../commands/run-sparring.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let receiver: Receiver;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());
beforeEach(async () => {
  receiver = await createReceiver();
});
afterEach(async () => {
  await stopServers();
  await receiver.close();
});

const hoverSecret =
  'NDYBduht2zrCg6fMXFWadfsT8fT3gQskoFPmRen7KcksDQBqmrpHqcGdgN70ObRqLLjQxBxrTol/lia3WRHtQA==';
const fire = (...args: string[]) => runSparring(['fire', ...args, '--to', `${receiver.url}/hooks`]);
const hover = (...args: string[]) => fire('hover', 'job-state-changed', ...args);

describe('sparring fire', () => {
  it('sends what the provider sends, signed over the exact bytes, and tells of the attempt', async () => {
    const { code, stdout } = await hover('--set', 'state=häß', '--secret', 'mine');
    expect(code).toBe(0);
    expect(stdout).toMatch(/attempt 1 +200 +in \d+ ms/);
    const [request] = receiver.requests;
    expect(request?.json).toMatchObject({ event: 'job-state-changed', state: 'häß', webhook_id: 12_343 });
    const { body = '', headers = {} } = request ?? {};
    expect(
      verifyWebhook('hover', { headers, body, url: `${receiver.url}/hooks`, secret: 'mine' }),
    ).toMatchObject({ valid: true });
  });

  it('retries on a schedule drawn together, with the provider’s delays beside it', async () => {
    receiver.answer((_, index) => ({ status: index === 0 ? 503 : 200 }));
    const { code, stdout } = await hover();
    expect(code).toBe(0);
    expect(stdout).toMatch(/attempt 1 +503.*next in \d+ ms; the provider waits 1 min/);
    expect(stdout).toMatch(/attempt 2 +200/);
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
  });

  it('shows the request and sends nothing with --print', async () => {
    const { code, stdout } = await hover('--print', '--json');
    expect(code).toBe(0);
    const shown = JSON.parse(stdout);
    expect(shown).toMatchObject({ method: 'POST', url: `${receiver.url}/hooks` });
    const { body, headers, url } = shown;
    expect(verifyWebhook('hover', { headers, body, url, secret: hoverSecret })).toMatchObject({
      valid: true,
    });
    expect(receiver.requests).toEqual([]);
  });

  it('sends many, varied by the seed and the same on every run, with a summary', async () => {
    const many = ['--count', '30', '--concurrency', '5', '--seed', '7', '--json'];
    const { code, stdout } = await hover(...many);
    expect(code).toBe(0);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({ deliveries: { delivered: 30 }, answers: { 200: 30 }, attempts: 30 });
    const first = receiver.requests.map(({ text }) => text).toSorted();
    expect(new Set(first).size).toBeGreaterThan(20);
    receiver.clear();
    await hover(...many);
    expect(receiver.requests.map(({ text }) => text).toSorted()).toEqual(first);
  });

  it('sends duplicates, and signatures that do not fit', async () => {
    const { code } = await hover('--duplicate', '--corrupt-signature');
    expect(code).toBe(0);
    expect(receiver.requests).toHaveLength(2);
    const [{ body, headers } = { body: '', headers: {} }] = receiver.requests;
    expect(
      verifyWebhook('hover', { headers, body, url: `${receiver.url}/hooks`, secret: hoverSecret }).valid,
    ).toBe(false);
  });

  it('takes a payload from a file, as it is', async () => {
    const file = join(folder.path, 'payload.json');
    await writeFile(file, JSON.stringify({ type: 'check.completed', data: {} }));
    const refused = await fire('hive', 'check.completed', '--data', file);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('payload/data/id is required'),
    });
    expect((await fire('hive', 'check.completed', '--data', file, '--no-validate')).code).toBe(0);
    expect(receiver.requests.map(({ text }) => text)).toEqual(['{"type":"check.completed","data":{}}']);
  });

  it('ends by what was expected of the answers', async () => {
    receiver.answer({ status: 400 });
    expect((await fire('hive', 'check.completed')).code).toBe(1);
    expect((await fire('hive', 'check.completed', '--expect', '4xx')).code).toBe(0);
    expect((await fire('hive', 'check.completed', '--expect', 'fine')).code).toBe(2);
    const nobody = await runSparring(['fire', 'hive', 'check.completed', '--to', 'http://127.0.0.1:9/']);
    expect(nobody).toMatchObject({ code: 3, stdout: expect.stringContaining('Nothing listens') });
    const metadata = await runSparring([
      'fire',
      'hive',
      'check.completed',
      '--to',
      'http://2852039166/latest',
    ]);
    expect(metadata).toMatchObject({ code: 3, stdout: expect.stringContaining('never a target') });
  });

  it('names the nearest event, flag and field for what is misspelt', async () => {
    expect((await fire('hive', 'chek.completed')).stderr).toContain('Did you mean check.completed?');
    expect((await fire('hiev', 'check.completed')).stderr).toContain('Did you mean hive?');
    expect((await hover('--cuont', '2')).stderr).toContain('--count');
    expect((await hover('--count', '0')).stderr).toContain('whole number from 1');
  });
});

describe('sparring listen', () => {
  it('verifies what arrives and answers as told', async () => {
    const listener = await startServer(['hover', '--secret', hoverSecret, '--fail-first', '1', '--json'], {
      command: 'listen',
    });
    const { code } = await runSparring(['fire', 'hover', 'job-state-changed', '--to', `${listener.url}/h`]);
    expect(code).toBe(0);
    const [, ...lines] = listener.output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { event: 'received', path: '/h', status: 500, verification: { valid: true } },
      { event: 'received', path: '/h', status: 200, verification: { valid: true } },
    ]);
    expect(await listener.stop()).toBe(0);
  });
});

describe('sparring deliveries and resend', () => {
  it('show and repeat what a running server, or its data, has failed to deliver', async () => {
    const data = join(folder.path, 'data/');
    const server = await startServer(['hive', '--data', data]);
    const admin = (path: string, body: unknown) =>
      server.fetch(`/_sparring${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    receiver.answer({ status: 500 });
    await admin('/events/hive/check.completed', { to: receiver.url });
    await admin('/deliveries/wait', {});
    await server.printed(
      /"event":"delivery".*"webhook":"check\.completed".*"state":"exhausted".*"status":500/,
    );
    const listed = await runSparring([
      'deliveries',
      '--server',
      server.url,
      '--state',
      'exhausted',
      '--json',
    ]);
    const [{ id }] = JSON.parse(listed.stdout).deliveries;
    expect((await runSparring(['deliveries', '--server', server.url])).stdout).toMatch(
      new RegExp(`${id}.*exhausted`),
    );
    expect((await runSparring(['resend', id, '--server', server.url])).code).toBe(1);
    receiver.answer({});
    expect(await runSparring(['resend', '--failed', '--server', server.url])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('delivered'),
    });
    expect((await runSparring(['resend', 'nobody', '--server', server.url])).stderr).toContain('no delivery');
    receiver.answer({ status: 500 });
    await admin('/events/hive/check.completed', { to: receiver.url });
    await admin('/deliveries/wait', {});
    await server.stop();

    const kept = await runSparring(['deliveries', '--data', data, '--state', 'exhausted', '--json']);
    expect(JSON.parse(kept.stdout)).toMatchObject({ total: 1, deliveries: [{ event: 'check.completed' }] });
    receiver.answer({});
    expect((await runSparring(['resend', '--failed', '--data', data])).code).toBe(0);
    expect(new Set(receiver.requests.map(({ text }) => text)).size).toBe(1);
    expect((await runSparring(['deliveries', '--server', 'http://127.0.0.1:9'])).code).toBe(3);
  });
});
