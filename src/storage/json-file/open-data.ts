import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TimeSource } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import { errorReason } from '../files/error-reason.ts';
import { makePrivateFolder } from '../files/private-modes.ts';
import { type DataFileContent, emptyContent } from './content.ts';
import { DataFile } from './data-file.ts';

export interface OpenData {
  /** The real path, symbolic links resolved. */
  readonly path: string;
  readonly file: DataFile;
  readonly content: DataFileContent;
  /** Gives the lock back and leaves nothing but the data file behind. */
  release(): void;
}

/** Locks and reads the data file that the user calls `name`. Throws `data-locked`, `data-broken`, `data-unwritable`. */
export async function openData(name: string, time: TimeSource): Promise<OpenData> {
  try {
    const path = findPath(name);
    const lock = join(dirname(path), `${basename(path)}.lock`);
    // With it comes SQLite, which nobody has to load who keeps nothing.
    const { takeDataLock } = await import('../files/data-lock.ts');
    const held = takeDataLock(lock, `data file ${name}`);
    const file = new DataFile(path, name, time, () => held.assertHeld());
    const release = () => {
      file.sweep();
      held.release();
    };
    try {
      file.sweep();
      return { path, file, content: (await file.read()) ?? emptyContent(), release };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    if (error instanceof SparringError) throw error;
    throw new SparringError(
      'data-unwritable',
      `The data file ${name} cannot be read and written: ${errorReason(error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** A symbolic link is followed, so that a write replaces what it points to, and all names of a file share one lock. */
function findPath(name: string): string {
  const path = resolve(name);
  makePrivateFolder(dirname(path));
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return join(realpathSync(dirname(path)), basename(path));
  if (!stat.isFile()) throw new SparringError('data-unwritable', `The data file ${name} is not a file.`);
  // A rename would replace a read-only file all the same; its owner meant otherwise.
  accessSync(path, constants.R_OK | constants.W_OK);
  return realpathSync(path);
}
