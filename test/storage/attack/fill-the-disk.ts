import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { makeFolder } from '../data-folder.ts';

/** A place for data that a test can take the room away from, and give it back. */
interface Disk {
  readonly path: string;
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** A file system of 16 MB in memory, more than the database's log grows to by itself; where none may be mounted, a folder that is closed to writing in the place of a full disk. */
async function makeDisk(): Promise<Disk> {
  const path = join(await makeFolder(), 'disk');
  await mkdir(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path]).status !== 0) {
    // Permissions do not bind the superuser, who may mount nearly everywhere.
    expect(process.getuid?.()).not.toBe(0);
    return { path, fill: () => chmod(path, 0o500), free: () => chmod(path, 0o700) };
  }
  onTestFinished(() => void spawnSync('umount', ['-l', path]));
  const filler = join(path, 'filler');
  return {
    path,
    async fill() {
      await using file = await open(filler, 'w');
      for (let size = 1_048_576; size >= 1; size = size > 1 ? Math.floor(size / 2) : 0) {
        try {
          for (;;) await file.write(Buffer.alloc(size));
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        }
      }
    },
    free: () => rm(filler),
  };
}

/** A receiver that answers nobody until it is told to. */
async function startHolding() {
  const arrived: string[] = [];
  const held: ServerResponse[] = [];
  let isHolding = false;
  const server = createServer((request, response) => {
    arrived.push(request.url ?? '');
    request.resume();
    if (isHolding) held.push(response);
    else response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    arrived,
    hold() {
      isHolding = true;
    },
    release() {
      isHolding = false;
      for (const response of held.splice(0)) response.end();
    },
  };
}

/**
 * Fires deliveries, fills the disk before the receiver answers, gives the room back once outcomes could not be recorded, and checks that
 * each went out once and is recorded; over and over. Resolves with how often that was so: a database may have room in its own files.
 */
export async function fillTheDisk(data: string, rounds: number, deliveries: number): Promise<number> {
  const disk = await makeDisk();
  const receiver = await startHolding();
  const notices: string[] = [];
  let refusals = 0;
  const mock = await createMock({
    apis: ['hive'],
    data: join(disk.path, data),
    onNotice: ({ message }) => notices.push(message),
  });
  onTestFinished(() => mock.close());
  const send = (method: string, path: string, body?: object) =>
    mock.fetch(`/_sparring${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  for (let round = 1; round <= rounds; round += 1) {
    receiver.hold();
    for (let index = 0; index < deliveries; index += 1) {
      const to = `${receiver.url}/${round}/${index}`;
      expect((await send('POST', '/events/hive/check.completed', { to })).status).toBe(202);
    }
    await expect.poll(() => receiver.arrived.length).toBeGreaterThan((round - 1) * deliveries);
    await disk.fill();
    const told = notices.length;
    receiver.release();
    const counts = async () => (await send('POST', '/deliveries/wait')).json();
    const all = { delivered: round * deliveries };
    const isSettled = async () => notices.length > told || isDeepStrictEqual(await counts(), all);
    await expect.poll(isSettled, { timeout: 10_000 }).toBe(true);
    if (notices.length > told) refusals += 1;
    await disk.free();
    await expect.poll(counts, { timeout: 30_000 }).toEqual(all);
    expect(receiver.arrived).toHaveLength(round * deliveries);
    expect(new Set(receiver.arrived).size).toBe(round * deliveries);
  }
  return refusals;
}
