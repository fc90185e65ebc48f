import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { change, commitOf, loadFile } from './data-folder.ts';

const program = fileURLToPath(new URL('commit-forever.ts', import.meta.url));

/** Park and Miller's generator: a seeded number in [0, 1). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Fills a new file with so much that most of a life is spent within a write. */
export async function fill(path: string): Promise<void> {
  const storage = await loadFile(path);
  const value = { text: 'y'.repeat(1000) };
  const changes = Array.from({ length: 3000 }, (_, index) => change(`b${index}`, index + 1, value));
  await storage.commit(commitOf(changes));
  await storage.close();
}

/**
 * Runs the program on `path`, kills it with SIGKILL somewhere in its writes, and checks that every commit it had answered,
 * in this life and the lives before, is in the file, that nothing is in it by half, and that nothing piles up beside it.
 */
export async function killAndCheck(path: string, answered: Set<number>, random: () => number): Promise<void> {
  const lines = 1 + Math.floor(random() * 40);
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
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

  const content = JSON.parse(await readFile(path, 'utf8'));
  const entries: { id: string; record: { ordinal: number } }[] = content.records['kill/records'];
  expect(content.records['hive/users']).toHaveLength(3000);
  const held = new Set(entries.map(({ record }) => record.ordinal));
  expect([...answered].filter((ordinal) => !held.has(ordinal))).toEqual([]);
  expect(content.ordinals['kill/records']).toBe(Math.max(...held) + 1);
  const lastRecords = [...held].slice(-1000).map((ordinal) => `e${ordinal}`);
  expect(content.events.map(({ id }: { id: string }) => id)).toEqual(lastRecords);
  const name = basename(path);
  const beside = (await readdir(dirname(path))).filter((file) => file !== name).sort();
  expect([`.${name}.next`, `${name}.lock`]).toEqual(expect.arrayContaining(beside));
}
