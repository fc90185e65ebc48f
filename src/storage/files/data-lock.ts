import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SparringError } from '../../errors.ts';
import { isRunningProcess, ownIdentity, type ProcessIdentity } from './running-process.ts';

interface Holder extends ProcessIdentity {
  /** Of this one taking of the lock; never repeated. */
  readonly token: string;
}

/**
 * Takes the lock file `path` for this process and returns how to give it back. `data` is what it locks, such as "data file
 * state.json", named as the user did. Throws `data-locked` while another server holds it, and the file system's own error where none can be made.
 *
 * A lock whose process is gone is removed under a second lock that is named for its token: whoever holds that one alone
 * may remove the stale lock, and a token never comes back, so a live lock is never removed and exactly one taker wins.
 * All of it is synchronous and takes well under a millisecond.
 */
export function takeDataLock(path: string, data: string): () => void {
  const mine: Holder = { ...ownIdentity(), token: randomBytes(6).toString('hex') };
  while (!create(path, mine)) {
    const holder = readHolder(path, data);
    if (holder === undefined) continue;
    if (isRunningProcess(holder)) throw locked(path, data, holder);
    const release = takeDataLock(`${path}.${holder.token}`, data);
    if (readHolder(path, data)?.token === holder.token) rmSync(path, { force: true });
    release();
  }
  return () => {
    if (readHolder(path, data)?.token === mine.token) rmSync(path, { force: true });
  };
}

/** Removes what takers that were killed half-way left behind. Only for the holder of the lock. */
export function sweepLocks(path: string): void {
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
  }
}

/** A hard link appears whole or not at all, and fails if the name is taken: no reader ever sees a half-written lock. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.token}.draft`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    // ENOENT: a new holder swept the draft; the next turn meets its lock.
    if (hasCode(error, 'EEXIST') || hasCode(error, 'ENOENT')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string, data: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const holder = parseHolder(text);
  if (holder !== undefined) return holder;
  throw new SparringError('data-locked', `The ${data} has a lock file that no server here wrote.`, {
    next: `Delete the file ${basename(path)} if no server uses the data.`,
  });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { host, pid, started, token } = JSON.parse(text);
    const strings = [host, started, token].every((value) => typeof value === 'string');
    return strings && Number.isSafeInteger(pid) && pid > 0 ? { host, pid, started, token } : undefined;
  } catch {
    return undefined;
  }
}

function locked(path: string, data: string, { host, pid }: Holder): SparringError {
  if (host === ownIdentity().host) {
    return new SparringError('data-locked', `The ${data} is in use by the server with process id ${pid}.`);
  }
  const message = `The ${data} is in use by the server with process id ${pid} on the host ${host}.`;
  return new SparringError('data-locked', message, {
    next: `Stop that server; if it no longer runs, delete the file ${basename(path)}.`,
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
