import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TimeSource } from '../../src/clock.ts';
import type { Commit } from '../../src/model/commit.ts';
import type { RecordChange, RecordValue } from '../../src/model/record.ts';
import type { Storage } from '../../src/model/storage.ts';
import { openJsonFile } from '../../src/storage/json-file/open-json-file.ts';
import type { Bounds } from '../../src/storage/sqlite/create-writer.ts';
import { openSqlite } from '../../src/storage/sqlite/open-sqlite.ts';

/** A new folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparring-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Nothing waits for long: each delay passes in the next turn of the event loop. */
export const hurriedTime: TimeSource = {
  now: () => 0,
  monotonic: () => 0,
  wait(_delay, callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};

/** Opens and loads `path`; closed after the test. */
export async function loadFile(path: string, time: TimeSource = hurriedTime): Promise<Storage> {
  const storage = await openJsonFile(path, { time });
  await storage.load();
  onTestFinished(() => storage.close());
  return storage;
}

/** Opens and loads the database in the folder `path`; closed after the test. */
export async function loadFolder(path: string, bounds?: Partial<Bounds>): Promise<Storage> {
  const storage = await openSqlite(path, bounds);
  await storage.load();
  onTestFinished(() => storage.close());
  return storage;
}

export function change(id: string, ordinal: number, value: RecordValue | null): RecordChange {
  return { api: 'hive', collection: 'users', id, ordinal, value };
}

export function commitOf(changes: readonly RecordChange[], rest: Partial<Commit> = {}): Commit {
  return { namespace: 'default', clear: false, changes, events: [], ordinals: {}, ...rest };
}
