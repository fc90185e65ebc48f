import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver } from '../../src/receiver/create-receiver.ts';
import { makeFolder, runSparring, type Server, startServer, stopServers } from '../commands/run-sparring.ts';

const parcels = fileURLToPath(new URL('webhook-commands/parcels.yaml', import.meta.url));
let folder: Awaited<ReturnType<typeof makeFolder>>;
let receiver: Receiver;

beforeAll(async () => {
  folder = await makeFolder();
  receiver = await createReceiver();
});
afterEach(stopServers);
afterAll(async () => {
  await receiver.close();
  await folder.remove();
});

/** A delivery that no receiver has taken, and one that was. */
async function deliverTwo(server: Server): Promise<{ failed: string; delivered: string }> {
  receiver.clear();
  const fire = async (event: string) => {
    const url = `${server.url}/_sparring/events/parcels/${event}/fire`;
    const answer = await server.fetch(`/_sparring/events/parcels/${event}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: `${receiver.url}/${event}` }),
    });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    const [{ id }] = await answer.json();
    return String(id);
  };
  receiver.answer({ status: 500 });
  const failed = await fire('parcel.sent');
  await receiver.waitFor(({ headers }) => headers['x-attempt'] === '3');
  await server.fetch('/_sparring/deliveries/wait', { method: 'POST' });
  receiver.answer({ status: 200 });
  const delivered = await fire('parcel.lost');
  await server.fetch('/_sparring/deliveries/wait', { method: 'POST' });
  return { failed, delivered };
}

function rowOf(table: string, id: string): string {
  return table.split('\n').find((line) => line.includes(id)) ?? '';
}

describe('the deliveries of a running server', () => {
  it('are listed, filtered, and sent again with the same bytes and id', async () => {
    const server = await startServer([parcels]);
    const { delivered, failed } = await deliverTwo(server);
    const to = ['--server', server.url];
    const all = await runSparring(['deliveries', ...to]);
    expect(rowOf(all.stdout, failed)).toMatch(/parcel\.sent.*exhausted.*3/);
    expect(rowOf(all.stdout, delivered)).toMatch(/parcel\.lost.*delivered.*1/);
    const some = await runSparring(['deliveries', ...to, '--state', 'exhausted', '--json']);
    expect(JSON.parse(some.stdout)).toMatchObject({ total: 1, deliveries: [{ id: failed }] });

    const before = receiver.requests[0];
    const again = await runSparring(['resend', failed, ...to]);
    expect(again.stdout).toMatch(/delivered/);
    expect(again.code).toBe(0);
    const last = receiver.requests.at(-1);
    expect(last?.body.equals(before?.body ?? Buffer.alloc(0))).toBe(true);
    expect(last?.headers['x-delivery']).toBe(before?.headers['x-delivery']);
    const none = await runSparring(['resend', '--failed', ...to]);
    expect([none.code, none.stderr]).toEqual([0, '']);
  });

  it('are asked for with the admin token where there is one', async () => {
    const token = 'a-token-of-sixteen';
    const server = await startServer([parcels, '--admin-token', token]);
    const refused = await runSparring(['deliveries', '--server', server.url]);
    expect(refused.stderr).toMatch(/token/i);
    expect(refused.code).toBe(2);
    const env = { SPARRING_ADMIN_TOKEN: token };
    expect((await runSparring(['deliveries', '--server', server.url], { env })).code).toBe(0);
  });

  it('that are not there are named', async () => {
    const server = await startServer([parcels]);
    const { code, stderr } = await runSparring(['resend', 'nothing', '--server', server.url]);
    expect(stderr).toContain('nothing');
    expect(code).toBe(2);
  });

  it('cannot be had where no server answers', async () => {
    const { code, stderr } = await runSparring(['deliveries', '--server', 'http://127.0.0.1:9']);
    expect(stderr).toContain('127.0.0.1:9');
    expect(code).toBe(3);
  });
});

describe.each(['state.json', 'data/'])('the deliveries of a stopped server, in %s', (name) => {
  it('are listed, and sent again', async () => {
    const data = `${join(folder.path, name)}${name.endsWith('/') ? '/' : ''}`;
    const server = await startServer([parcels, '--data', data]);
    const { delivered, failed } = await deliverTwo(server);
    const locked = await runSparring(['deliveries', '--data', data]);
    expect(locked.code).toBe(2);
    await server.stop();

    const listed = await runSparring(['deliveries', '--data', data]);
    expect(rowOf(listed.stdout, failed)).toContain('exhausted');
    expect(rowOf(listed.stdout, delivered)).toContain('delivered');
    const count = receiver.requests.length;
    const again = await runSparring(['resend', '--failed', '--data', data, '--document', parcels]);
    expect([again.stderr, again.code]).toEqual(['', 0]);
    expect(receiver.requests).toHaveLength(count + 1);
    expect(receiver.requests.at(-1)?.headers).toMatchObject({ 'x-event': 'parcel.sent', 'x-attempt': '4' });
    const after = await runSparring(['deliveries', '--data', data, '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject({
      deliveries: expect.arrayContaining([
        expect.objectContaining({ id: failed, state: 'delivered', attempts: 4 }),
      ]),
    });
  });
});

it('data that is not there is named and not made', async () => {
  const data = join(folder.path, 'none.json');
  const { code, stderr } = await runSparring(['deliveries', '--data', data]);
  expect(stderr).toContain('none.json');
  expect(code).toBe(2);
});

it.for([
  ['an unknown state', ['deliveries', '--state', 'faild'], /delivered/],
  ['nothing to resend', ['resend'], /--failed/],
] as const)('%s ends with code 2', async ([, args, message]) => {
  const { code, stderr } = await runSparring(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
