import { randomBytes } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SparringError } from '../../errors.ts';
import { fileIdentity } from './file-identity.ts';
import { makePrivateFile } from './private-modes.ts';

export interface DataLock {
  /** Throws `storage-failed` once the lock file has been removed or replaced: another server may own the data by now. */
  assertHeld(): void;
  release(): void;
}

/** Milliseconds that a look at the lock waits while its holder is writing its name into it. */
const patience = 250;

const busy = 5;
const notDatabase = 26;

/**
 * Takes the lock file `path` for this process. `data` is what it locks, such as "data file state.json", named as the user did.
 * Throws `data-locked` while another server holds it, and the file system's own error where none can be made.
 *
 * The file is a small SQLite database, and the lock is the one that the kernel gives to whoever may write to it
 * (https://sqlite.org/lockingv3.html): it ends with the process, however that ends, and process ids, host names and containers have no
 * part in it. Others can read meanwhile who the holder is, which is all that the database holds. It is removed under the lock; who
 * opened the removed file sees that another one stands in its place, or none, and starts over.
 *
 * Nothing else in this process may open the file: the kernel drops a process's locks when any of its handles is closed.
 */
export function takeDataLock(path: string, data: string): DataLock {
  for (;;) {
    const lock = tryLock(path, data);
    if (lock) return lock;
  }
}

function tryLock(path: string, data: string): DataLock | undefined {
  makePrivateFile(path);
  const identity = fileIdentity(path);
  if (identity === undefined) return undefined;
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) throw notOurs(path, data);
  const database = new DatabaseSync(path, { timeout: patience });
  try {
    if (!hold(database)) throw locked(database, data);
    if (fileIdentity(path) === identity) return heldLock(database, path, identity, data);
    database.close();
    return undefined;
  } catch (error) {
    database.close();
    throw resultCode(error) === notDatabase ? notOurs(path, data) : error;
  }
}

/**
 * Writes the name of this process down and takes the lock for good; false where another server has it. Between the two, another one
 * can write its own name and fail: then the turn is taken again.
 */
function hold(database: DatabaseSync): boolean {
  const token = randomBytes(8).toString('hex');
  try {
    for (;;) {
      database.exec(`BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS holder (host TEXT, pid INTEGER, token TEXT); DELETE FROM holder;`);
      database.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(hostname(), process.pid, token);
      database.exec('COMMIT; BEGIN IMMEDIATE;');
      if (database.prepare('SELECT token FROM holder').get()?.token === token) return true;
      database.exec('ROLLBACK');
    }
  } catch (error) {
    if (resultCode(error) !== busy) throw error;
    if (database.isTransaction) database.exec('ROLLBACK');
    return false;
  }
}

function heldLock(database: DatabaseSync, path: string, identity: string, data: string): DataLock {
  return {
    assertHeld() {
      if (fileIdentity(path) === identity) return;
      const message = `The ${data} was removed or replaced while the server ran: its lock file ${basename(path)} is gone.`;
      throw new SparringError('storage-failed', message, {
        next: 'Stop the server, put the data back where it was, and start it again.',
      });
    },
    release() {
      // Where another one stands by now, it is its owner's.
      if (process.platform !== 'win32' && fileIdentity(path) === identity) rmSync(path, { force: true });
      database.close();
    },
  };
}

/** Who holds the lock, as far as it says. */
function locked(database: DatabaseSync, data: string): SparringError {
  const holder = readHolder(database);
  const by = holder
    ? `the server with process id ${holder.pid}${holder.host === hostname() ? '' : ` on the host ${holder.host}`}`
    : 'another server';
  return new SparringError('data-locked', `The ${data} is in use by ${by}.`);
}

function readHolder(database: DatabaseSync) {
  try {
    return database.prepare('SELECT host, pid FROM holder').get();
  } catch {
    return undefined;
  }
}

function notOurs(path: string, data: string): SparringError {
  return new SparringError('data-locked', `The ${data} has a lock file that no server here wrote.`, {
    next: `Delete the file ${basename(path)} if no server uses the data.`,
  });
}

/** SQLite's primary result code, see https://sqlite.org/rescode.html. */
function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}
