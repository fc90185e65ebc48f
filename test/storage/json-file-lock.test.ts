import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitOf, loadFile, makeFolder } from './data-folder.ts';

const moduleUrl = JSON.stringify(
  new URL('../../src/storage/json-file/open-json-file.ts', import.meta.url).href,
);

/** Loads as soon as its input ends, says how that went, and holds the lock until killed; or ends at once if refused. */
const holder = `
  const { openJsonFile } = await import(${moduleUrl});
  const storage = await openJsonFile(process.argv[1], { time: { now: Date.now, wait: () => () => {} } });
  console.log('ready');
  for await (const _ of process.stdin);
  await storage.load().then(() => { console.log('loaded'); setInterval(() => {}, 1000); }, (error) => console.log(error.code));
`;

function startHolder(path: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  return { child, line: async () => String((await lines.next()).value).trim() };
}

/** A process id that surely runs no more. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function lockText(pid: number, rest: object = {}): string {
  return JSON.stringify({ host: hostname(), pid, started: '', token: 'abcdef', ...rest });
}

test('a second server on the same file is refused by the pid of the first, until that one closes', async () => {
  const path = join(await makeFolder(), 'state.json');
  const first = await loadFile(path);
  await expect(loadFile(path)).rejects.toMatchObject({
    code: 'data-locked',
    message: expect.stringMatching(new RegExp(`${path} .* ${process.pid}`)),
  });
  await first.commit(commitOf([]));
  await first.close();
  await expect(loadFile(path)).resolves.toBeDefined();
});

test('a lock left by kill -9 is taken over', async () => {
  const path = join(await makeFolder(), 'state.json');
  const { child, line } = startHolder(path);
  expect(await line()).toBe('ready');
  child.stdin.end();
  expect(await line()).toBe('loaded');
  await expect(loadFile(path)).rejects.toMatchObject({
    code: 'data-locked',
    message: expect.stringContaining(String(child.pid)),
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
  await expect(loadFile(path)).resolves.toBeDefined();
});

test('of servers that start at the same moment on a stale lock exactly one wins', {
  timeout: 30_000,
}, async () => {
  for (let round = 0; round < 3; round += 1) {
    const folder = await makeFolder();
    const path = join(folder, 'state.json');
    await writeFile(`${path}.lock`, lockText(deadPid()));
    const holders = [1, 2, 3, 4].map(() => startHolder(path));
    for (const { line } of holders) expect(await line()).toBe('ready');
    for (const { child } of holders) child.stdin.end();
    const outcomes = await Promise.all(holders.map(({ line }) => line()));
    for (const { child } of holders) child.kill('SIGKILL');
    expect(outcomes.sort()).toEqual(['data-locked', 'data-locked', 'data-locked', 'loaded']);
    expect(await readdir(folder)).toEqual(['state.json.lock']);
  }
});

test.runIf(process.platform === 'linux')(
  'a lock whose pid now belongs to another process is stale',
  async () => {
    const path = join(await makeFolder(), 'state.json');
    await writeFile(`${path}.lock`, lockText(process.pid, { started: 'another boot/1' }));
    await expect(loadFile(path)).resolves.toBeDefined();
  },
);

test('a takeover that was killed half-way stops nobody', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'state.json');
  await writeFile(`${path}.lock`, lockText(deadPid()));
  await writeFile(`${path}.lock.abcdef`, lockText(deadPid(), { token: 'fedcba' }));
  await writeFile(`${path}.lock.0123.draft`, '');
  const storage = await loadFile(path);
  expect(await readdir(folder)).toEqual(['state.json.lock']);
  await storage.close();
  expect(await readdir(folder)).toEqual([]);
});

test('a lock from another host is left alone, and so is a file that only looks like one', async () => {
  const path = join(await makeFolder(), 'state.json');
  for (const lock of [lockText(1, { host: 'elsewhere.test' }), 'not ours']) {
    await writeFile(`${path}.lock`, lock);
    await expect(loadFile(path)).rejects.toMatchObject({
      code: 'data-locked',
      next: expect.stringContaining('state.json.lock'),
    });
    expect(await readFile(`${path}.lock`, 'utf8')).toBe(lock);
  }
});
