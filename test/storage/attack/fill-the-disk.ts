import { spawnSync } from 'node:child_process';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createMock, createReceiver } from '../../../src/index.ts';
import { makeFolder } from '../data-folder.ts';

/** A place for data that a test can take the room away from, and give it back. */
interface Disk {
  readonly path: string;
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** A file system of 1 MB in memory; where none may be mounted, a folder that is closed to writing in the place of a full disk. */
async function makeDisk(): Promise<Disk> {
  const path = join(await makeFolder(), 'disk');
  await mkdir(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]).status !== 0) {
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
      for (let size = 65_536; size >= 1; size = size > 1 ? Math.floor(size / 2) : 0) {
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

/**
 * Fires deliveries, fills the disk before the receiver answers, gives the room back once outcomes could not be recorded, and checks that
 * each went out once and is recorded; over and over.
 */
export async function fillTheDisk(data: string, rounds: number, deliveries: number): Promise<void> {
  const disk = await makeDisk();
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const notices: string[] = [];
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
    receiver.clear();
    receiver.answer({ status: 200, delay: 300 });
    for (let index = 0; index < deliveries; index += 1) {
      const to = `${receiver.url}/${round}/${index}`;
      expect((await send('POST', '/events/hive/check.completed', { to })).status).toBe(202);
    }
    await disk.fill();
    const told = notices.length;
    await expect.poll(() => notices.length, { timeout: 10_000 }).toBeGreaterThan(told);
    const refused = await send('POST', '/clock', { frozen: true });
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('could not be stored'),
    ]);
    await disk.free();
    const delivered = async () => {
      const { total } = await (await send('GET', '/deliveries?state=delivered&limit=1')).json();
      return total;
    };
    await expect.poll(delivered, { timeout: 15_000 }).toBe(round * deliveries);
    expect(receiver.requests).toHaveLength(deliveries);
    expect((await send('POST', '/clock', { frozen: false })).status).toBe(200);
  }
}
