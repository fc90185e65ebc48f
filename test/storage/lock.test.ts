import { lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../src/model/storage.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { change, commitOf, hurriedTime, makeFolder } from './data-folder.ts';
import { load, startHolder } from './start-holder.ts';

async function open(data: string): Promise<Storage> {
  const storage = await openStorage(data, { time: hurriedTime });
  await storage.load();
  onTestFinished(() => storage.close());
  return storage;
}

const lockOf = (data: string) => (data.endsWith('/') ? join(data, 'sparring.lock') : `${data}.lock`);

describe.each(['state.json', 'data/'])('the lock of --data %s', (name) => {
  const place = async () => join(await makeFolder(), name);

  test('a second server in this process is refused by the pid of the first, until that one closes', async () => {
    const data = await place();
    const first = await open(data);
    const word = name.endsWith('/') ? 'folder' : 'file';
    await expect(open(data)).rejects.toMatchObject({
      code: 'data-locked',
      message: `The data ${word} ${data} is in use by the server with process id ${process.pid}.`,
    });
    await first.commit(commitOf([]));
    await first.close();
    await expect(open(data)).resolves.toBeDefined();
  });

  test('a server in another namespace of processes, on another host by its name, is respected while it runs', async () => {
    const data = await place();
    const holder = startHolder(data, { host: 'box-one', pid: process.pid });
    expect(await load(holder)).toBe('loaded');
    await expect(open(data)).rejects.toMatchObject({
      code: 'data-locked',
      message: expect.stringMatching(/ is in use by the server with process id \d+ on the host box-one\.$/),
    });
    const other = startHolder(data, { host: 'box-two', pid: 1 });
    expect(await load(other)).toBe('data-locked');
  });

  test('after kill -9 a server on a host of another name starts', async () => {
    const data = await place();
    const holder = startHolder(data, { host: 'box-one', pid: 7 });
    expect(await load(holder)).toBe('loaded');
    await holder.kill();
    expect(await lstat(lockOf(data))).toBeDefined();
    const storage = await open(data);
    await storage.close();
    expect((await readdir(dirname(lockOf(data)))).filter((file) => /lock/.test(file))).toEqual([]);
  });

  test('of servers that start at the same moment on a lock left behind exactly one wins', {
    timeout: 60_000,
  }, async () => {
    const data = await place();
    for (let round = 0; round < 3; round += 1) {
      const holders = [1, 2, 3, 4].map((pid) => startHolder(data, { host: `box-${pid}`, pid }));
      for (const { line } of holders) expect(await line()).toBe('ready');
      for (const { child } of holders) child.stdin.end();
      const outcomes = await Promise.all(holders.map(({ line }) => line()));
      expect(outcomes.sort()).toEqual(['data-locked', 'data-locked', 'data-locked', 'loaded']);
      for (const { kill } of holders) await kill();
    }
  });

  test('a file that no server wrote, or that points elsewhere, is left alone and named', async () => {
    const data = await place();
    const lock = lockOf(data);
    await mkdir(dirname(lock), { recursive: true });
    const refusal = {
      code: 'data-locked',
      next: expect.stringContaining(name.endsWith('/') ? 'sparring.lock' : 'state.json.lock'),
    };
    await writeFile(
      lock,
      JSON.stringify({ host: hostname(), pid: 1, started: '', token: 'abcdef' }).repeat(20),
    );
    await expect(open(data)).rejects.toMatchObject(refusal);
    expect(await readFile(lock, 'utf8')).toContain('abcdef');
    await rm(lock);
    const elsewhere = join(await makeFolder(), 'elsewhere');
    await writeFile(elsewhere, '');
    await symlink(elsewhere, lock);
    await expect(open(data)).rejects.toMatchObject(refusal);
    expect(await readFile(elsewhere, 'utf8')).toBe('');
  });

  test('data that was taken away under a running server is written no more, nor what stands in its place', async () => {
    const data = await place();
    const storage = await open(data);
    await storage.commit(commitOf([change('1', 1, { a: 1 })]));
    const folder = dirname(lockOf(data));
    await rename(folder, `${folder}-away`);
    onTestFinished(() => rm(`${folder}-away`, { recursive: true }));
    const write = () => storage.commit(commitOf([change('2', 2, { a: 2 })]));
    await expect(write()).rejects.toMatchObject({ code: 'storage-failed', status: 503 });
    const other = await open(data);
    await expect(write()).rejects.toMatchObject({ code: 'storage-failed' });
    await other.commit(commitOf([change('3', 3, { a: 3 })]));
    await expect(write()).rejects.toMatchObject({ code: 'storage-failed' });
    await storage.close();
    // The one that stands there now keeps its lock.
    await expect(open(data)).rejects.toMatchObject({ code: 'data-locked' });
    await other.close();
    const [stored] = await (await openStorage(data, { time: hurriedTime })).load();
    expect(stored?.records.map(({ id }) => id)).toEqual(['3']);
  });
});
