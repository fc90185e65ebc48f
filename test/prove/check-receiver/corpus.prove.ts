import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { Target } from './checks.ts';
import { buggyReceiver, bugs, rightReceiver, subjects } from './corpus.ts';
import { failedChecks } from './failed-checks.ts';
import { secrets } from './providers.ts';
import { send } from './send.ts';
import { eventOf, signedHeaders } from './sender.ts';
import { shopDocument } from './shop-document.ts';
import { startReceiver } from './start-receiver.ts';

const folder = import.meta.dirname;

describe('right receivers pass every check', () => {
  test.each(subjects)('%s', async (subject) => {
    expect(await failedChecks(rightReceiver(subject), subject)).toEqual([]);
  });

  test.each(['shop-standard-webhooks', 'shop-stripe'] as const)('%s honours two secrets', async (subject) => {
    const failed = await failedChecks(rightReceiver(subject, true), subject);
    expect(failed.filter((name) => !name.startsWith("another subscription's"))).toEqual([]);
  });
});

describe('each bug shows in its family', () => {
  test.each(bugs.filter(({ seen }) => seen !== 'kill'))('$name', async (bug) => {
    expect(await failedChecks(buggyReceiver(bug), bug.subject, bug.family)).not.toEqual([]);
  });

  test('names are unique', () => {
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  });
});

async function run(...args: string[]): Promise<{ process: ChildProcess; target: Target }> {
  const child = spawn(process.execPath, [join(folder, 'run-receiver.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { process: child, target: JSON.parse(line) };
}

/** Whether a delivery that was answered is still known after the receiver was killed at once and started again. */
async function survivesKill(name: string): Promise<boolean> {
  const kept = await mkdtemp(join(tmpdir(), 'receiver-'));
  const args = [name, '--file', join(kept, 'effects.jsonl')];
  const first = await run(...args);
  const { subject, url } = first.target;
  const body = Buffer.from(JSON.stringify(eventOf(subject, 'created', { id: 'order_kill' })));
  const { status } = await send(url, signedHeaders(subject, url, body), body);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const second = await run(...args);
  const state = await send(second.target.probeUrl, {}, [], 'GET');
  second.process.kill('SIGKILL');
  await once(second.process, 'exit');
  await rm(kept, { recursive: true });
  return status === 200 && state.body.includes('order_kill');
}

describe('what was answered outlives a kill', () => {
  test('of the right receiver', async () => {
    expect(await survivesKill('shop-standard-webhooks')).toBe(true);
  });

  test.each(bugs.filter(({ seen }) => seen === 'kill'))('but not of $name', async ({ name }) => {
    expect(await survivesKill(name)).toBe(false);
  });
});

describe('right receivers take what the command sends', () => {
  const events = {
    'shop-standard-webhooks': 'order.created',
    'shop-stripe': 'order.updated',
    'shop-github': 'order.deleted',
    hover: 'job-state-changed',
    apitree: 'webhook.created',
    rehive: 'transaction.execute',
  } as const;

  test.each(subjects)('%s', async (subject) => {
    const kept = await mkdtemp(join(tmpdir(), 'receiver-'));
    const document = join(kept, 'shop.json');
    const scheme = (['standard-webhooks', 'stripe', 'github'] as const).find(
      (one) => subject === `shop-${one}`,
    );
    if (scheme) await writeFile(document, JSON.stringify(shopDocument(scheme)));
    const receiver = await startReceiver(rightReceiver(subject));
    const api = scheme ? document : subject;
    const cli = join(folder, '../../../src/cli.ts');
    const args = [cli, 'fire', api, events[subject], '--to', receiver.url, '--secret', secrets[subject]];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    const { body } = await send(receiver.probeUrl, {}, [], 'GET');
    await receiver.close();
    await rm(kept, { recursive: true });
    expect(code).toBe(0);
    expect(Object.values(JSON.parse(body).effects)).toEqual([1]);
  });
});
