import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SparringError } from '../../errors.ts';
import { takeDataLock } from '../files/data-lock.ts';
import { errorReason } from '../files/error-reason.ts';
import { fileIdentity } from '../files/file-identity.ts';
import { makePrivateFile, makePrivateFolder } from '../files/private-modes.ts';
import { numberColumn, textColumn } from './column.ts';
import { applicationId, schema, schemaVersion, settingsSchema } from './schema.ts';

export const databaseName = 'sparring.db';

/** Milliseconds for which a read or write waits while another program, such as a database browser, holds the database. */
const patience = 250;

export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** Throws `storage-failed` once the folder or the database in it is not the one that was opened. */
  assertInPlace(): void;
  /** Closes the database and gives the lock back. */
  release(): void;
}

/**
 * Makes the folder where it is missing, locks it, and opens the database in it. `name` is the folder as the user gave it.
 * Throws `data-locked`, `data-unwritable`, and `data-broken` for a file that is not our database or one of a later version.
 */
export function openDatabase(name: string): OpenDatabase {
  try {
    const folder = findFolder(name);
    const lock = join(folder, 'sparring.lock');
    const held = takeDataLock(lock, `data folder ${name}`);
    try {
      const path = join(folder, databaseName);
      const database = openFile(path, name);
      const identity = fileIdentity(path);
      const release = () => {
        database.close();
        held.release();
      };
      const assertInPlace = () => {
        held.assertHeld();
        if (fileIdentity(path) !== identity) throw replaced();
      };
      return { database, assertInPlace, release };
    } catch (error) {
      held.release();
      throw error;
    }
  } catch (error) {
    throw toOpenError(error, name);
  }
}

/** What an error while the data is opened or read means to whoever starts the server. */
export function toOpenError(error: unknown, name: string): SparringError {
  if (error instanceof SparringError) return error;
  const code = sqliteCode(error);
  const file = join(name, databaseName);
  // SQLITE_BUSY and SQLITE_LOCKED, see https://sqlite.org/rescode.html; our own servers meet the lock before.
  if (code === 5 || code === 6) {
    return new SparringError('data-locked', `The data file ${file} is in use by another program.`, {
      next: 'Close whatever has it open, then start again.',
      cause: error,
    });
  }
  // Of the file system, or SQLITE_PERM, _READONLY, _IOERR, _FULL, _CANTOPEN.
  const ofFileSystem = error instanceof Error && 'errno' in error;
  if (ofFileSystem || (code !== undefined && [3, 8, 10, 13, 14].includes(code))) {
    const message = `The data folder ${name} cannot be read and written: ${errorReason(error)}.`;
    return new SparringError('data-unwritable', message, {
      next: 'Give --data a folder you may write to.',
      cause: error,
    });
  }
  return broken(file, `is broken: ${errorReason(error)}`, error);
}

/** SQLite's primary result code. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined;
  return error.errcode & 0xff;
}

/** Its real path, so that all names of a folder share one lock. */
function findFolder(name: string): string {
  const stat = statSync(name, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) {
    throw new SparringError('data-unwritable', `The data folder ${name} is not a folder.`, {
      next: 'Give --data a folder, or a file name ending in .json.',
    });
  }
  makePrivateFolder(name);
  const folder = realpathSync(name);
  const file = join(folder, databaseName);
  // SQLite opens what it may not write for reading alone, and would fail at the first commit. (The lock tries the folder.)
  if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  return folder;
}

function openFile(path: string, name: string): DatabaseSync {
  // SQLite gives the files that it puts beside it the same mode.
  makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: patience });
  try {
    const file = join(name, databaseName);
    const isFresh = assertOurs(database, file);
    if (!isFresh) assertWhole(database, file);
    // Survives the end of the process, not a power cut: the log is synced when it is moved into the database.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    if (isFresh) createTables(database);
    database.exec(settingsSchema);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function createTables(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE; ${schema}
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT;`);
}

/** Whether the database is empty. Reads only, so that a database of another program stays as it is. */
function assertOurs(database: DatabaseSync, file: string): boolean {
  const number = (sql: string) => numberColumn(Object.values(database.prepare(sql).get() ?? {})[0]);
  const application = number('PRAGMA application_id');
  const version = number('PRAGMA user_version');
  if (application === 0 && version === 0 && number('SELECT count(*) FROM sqlite_schema') === 0) return true;
  if (application !== applicationId) throw broken(file, 'is a database of another program');
  if (version === schemaVersion) return false;
  throw new SparringError(
    'data-broken',
    `The data file ${file} is of version ${version}; this Sparring reads version ${schemaVersion}.`,
    { next: 'Start the version of Sparring that wrote it, or give another --data folder.' },
  );
}

/** A broken page is better met now than by a delivery some days later. Takes about a tenth of what loading takes. */
function assertWhole(database: DatabaseSync, file: string): void {
  const found = textColumn(database.prepare('PRAGMA quick_check(1)').get()?.quick_check);
  if (found !== 'ok') throw broken(file, `is broken: ${found.replaceAll(/\s+/g, ' ')}`);
}

function replaced(): SparringError {
  const message = `Nothing can be stored, because the file ${databaseName} was removed or replaced while the server ran.`;
  return new SparringError('storage-failed', message, {
    next: 'Stop the server, put the data back where it was, and start it again.',
  });
}

function broken(file: string, what: string, cause?: unknown): SparringError {
  return new SparringError('data-broken', `The data file ${file} ${what}.`, { cause });
}
