import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Storage } from '../../src/model/storage.ts';
import { openSqlite } from '../../src/storage/sqlite/open-sqlite.ts';
import { change, commitOf } from './data-folder.ts';
import { delivery, settled } from './delivery-samples.ts';

const program = fileURLToPath(new URL('commit-forever.ts', import.meta.url));

/** Park and Miller's generator: a seeded number in [0, 1). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Fills new data with so much that most of a life is spent within a write. Closes the storage. */
export async function fill(storage: Storage): Promise<void> {
  const value = { text: 'y'.repeat(1000) };
  const changes = Array.from({ length: 3000 }, (_, index) => change(`b${index}`, index + 1, value));
  await storage.commit(commitOf(changes));
  await storage.close();
}

/**
 * Runs the program on the JSON file `path`, kills it with SIGKILL somewhere in its writes, and checks that every commit it had
 * answered, in this life and the lives before, is in the file, that nothing is in it by half, and that nothing piles up beside it.
 */
export async function killAndCheck(path: string, answered: Set<number>, random: () => number): Promise<void> {
  await liveUntilKilled(path, answered, random, 40);
  const content = JSON.parse(await readFile(path, 'utf8'));
  const entries: { id: string; record: { ordinal: number } }[] = content.records['kill/records'];
  expect(content.records['hive/users']).toHaveLength(3000);
  const held = new Set(entries.map(({ record }) => record.ordinal));
  expect([...answered].filter((ordinal) => !held.has(ordinal))).toEqual([]);
  expect(content.ordinals['kill/records']).toBe(Math.max(...held) + 1);
  const lastRecords = [...held].slice(-1000).map((ordinal) => `e${ordinal}`);
  expect(content.events.map(({ id }: { id: string }) => id)).toEqual(lastRecords);
  const pending = [...held].filter((ordinal) => ordinal % 2 === 1).slice(0, 1000);
  expect(
    content.deliveries.flatMap(({ number, state }: { number: number; state: string }) =>
      state === 'pending' ? [number] : [],
    ),
  ).toEqual(pending);
  const name = basename(path);
  const beside = (await readdir(dirname(path))).filter((file) => file !== name);
  const staged = beside.filter((file) => file.startsWith(`.${name}.next-`));
  expect(staged.length).toBeLessThanOrEqual(1);
  expect([...staged, `${name}.lock`, `${name}.lock-journal`]).toEqual(expect.arrayContaining(beside));
}

/** The same for the database in `folder`, which is opened in between; nothing is left beside it then. */
export async function killAndCheckDatabase(
  folder: string,
  answered: Set<number>,
  random: () => number,
): Promise<void> {
  await liveUntilKilled(folder, answered, random, 400);
  const storage = await openSqlite(folder);
  const [stored] = await storage.load();
  const records = stored?.records.filter(({ api }) => api === 'kill') ?? [];
  const held = records.map(({ ordinal }) => ordinal);
  expect(stored?.records).toHaveLength(3000 + held.length);
  expect([...answered].filter((ordinal) => !held.includes(ordinal))).toEqual([]);
  expect(stored?.ordinals['kill/records']).toBe(Math.max(...held) + 1);
  expect(stored?.events.map(({ id }) => id)).toEqual(held.slice(-1000).map((ordinal) => `e${ordinal}`));
  const log = storage.deliveries?.('default');
  const expected = held.map((ordinal) => (ordinal % 2 === 0 ? settled(ordinal) : delivery(ordinal)));
  expect(log?.list({}, { limit: held.length + 1, offset: 0 }).toReversed()).toEqual(expected);
  expect(log?.pendingEndpoints()[0]?.count).toBe(held.filter((ordinal) => ordinal % 2 === 1).length);
  await storage.close();
  expect(await readdir(folder)).toEqual(['sparring.db']);
}

/** Runs the program on `data` until it has answered up to `most` commits, then kills it a little later. */
async function liveUntilKilled(
  data: string,
  answered: Set<number>,
  random: () => number,
  most: number,
): Promise<void> {
  const lines = 1 + Math.floor(random() * most);
  const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    answered.add(Number(line));
    seen += 1;
    if (seen === lines) {
      // Anywhere within a write, not only right after one.
      const end = performance.now() + random() * 12;
      while (performance.now() < end);
      child.kill('SIGKILL');
    }
  }
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
}
