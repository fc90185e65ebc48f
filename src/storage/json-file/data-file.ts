import { hash, randomBytes } from 'node:crypto';
import { type BigIntStats, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import type { TimeSource } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import { privateFile } from '../files/private-modes.ts';
import { type DataFileContent, emptyContent } from './content.ts';
import type { DataFileProblem } from './locate-syntax-problem.ts';
import { parseContent, type WrittenContent } from './parse-content.ts';
import { renderContent } from './render-content.ts';
import { settleOrdinals } from './settle-ordinals.ts';

/** Thrown by a write that found the file edited; nothing was written. */
export class FileEdited extends Error {
  readonly written: WrittenContent;

  constructor(written: WrittenContent) {
    super('The data file was edited.');
    this.written = written;
  }
}

/** Milliseconds an editor gets to finish a save that was met half-way. */
const saveTime = 50;

interface Sighting {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly stat: BigIntStats;
}

/**
 * The data file as lowdb's adapter. A write is staged in a hidden file beside it and renamed over it, so that a reader,
 * or a restart after `kill -9`, meets the old file or the new one whole. Between the two it compares the file with what
 * it last read or wrote, and throws `FileEdited` rather than lose somebody's edit.
 */
export class DataFile implements Adapter<DataFileContent> {
  readonly #path: string;
  /** As the user gave it; errors that a client of the mock may see name the last part alone. */
  readonly #name: string;
  readonly #time: TimeSource;
  readonly #assertHeld: () => void;
  #digest: string | undefined;
  /** Digest of a broken file that has had its time to be saved in full. */
  #brokenDigest: string | undefined;
  #mode: number | undefined;

  /** `assertHeld` throws when the file is this process's no more. */
  constructor(path: string, name: string, time: TimeSource, assertHeld: () => void) {
    this.#path = path;
    this.#name = name;
    this.#time = time;
    this.#assertHeld = assertHeld;
  }

  /** Nothing where there is no file or an empty one. Throws `data-broken`. */
  async read(): Promise<DataFileContent | null> {
    const sighting = await this.#look();
    if (sighting === undefined) return null;
    this.#digest = sighting.digest;
    if (sighting.bytes.length === 0) return null;
    const written = parseContent(sighting.bytes);
    if ('problem' in written) {
      throw new SparringError('data-broken', `The data file ${this.#name} ${atProblem(written.problem)}.`);
    }
    return settleOrdinals(written, emptyContent(), emptyContent());
  }

  /** Throws `FileEdited`, `storage-failed` while the file is broken or taken away, and the file system's own errors. */
  async write(content: DataFileContent): Promise<void> {
    const bytes = Buffer.from(renderContent(content));
    const staged = join(dirname(this.#path), `${this.#stagedPrefix}${randomBytes(12).toString('hex')}`);
    try {
      await stage(staged, bytes, this.#mode ?? privateFile);
      await this.#putInPlace(staged);
    } catch (error) {
      // Where the disk is full, what was staged by half takes the room of what could be written.
      await rm(staged, { force: true });
      throw error;
    }
    this.#digest = digestOf(bytes);
  }

  /** What the file says if it was edited since the last read or write. Throws `storage-failed` while it is broken. */
  async readEdit(): Promise<WrittenContent | undefined> {
    return this.#editIn(await this.#look());
  }

  /** Removes writes that were never finished. */
  sweep(): void {
    const folder = dirname(this.#path);
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (name.startsWith(this.#stagedPrefix) && /^[0-9a-f]{24}$/.test(name.slice(this.#stagedPrefix.length)))
        rmSync(join(folder, name), { force: true });
    }
  }

  /** What follows it cannot be guessed, so that nobody can put a link there which the write would follow. */
  get #stagedPrefix(): string {
    return `.${basename(this.#path)}.next-`;
  }

  async #putInPlace(staged: string): Promise<void> {
    for (;;) {
      const sighting = await this.#look();
      const edit = await this.#editIn(sighting);
      if (edit !== undefined) throw new FileEdited(edit);
      // Nothing may run between this last look and the rename, hence both are synchronous.
      this.#assertHeld();
      const now = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
      if (!isSameFile(now, sighting?.stat)) continue;
      renameSync(staged, this.#path);
      return;
    }
  }

  /** A file that is gone is no edit: editors move it aside while they save, and the next write makes it again. */
  async #editIn(first: Sighting | undefined): Promise<WrittenContent | undefined> {
    let sighting = first;
    while (sighting !== undefined && sighting.digest !== this.#digest) {
      const written = parseContent(sighting.bytes);
      if (!('problem' in written)) {
        this.#digest = sighting.digest;
        return written;
      }
      if (sighting.digest === this.#brokenDigest) throw this.#brokenByEdit(written.problem);
      this.#brokenDigest = sighting.digest;
      await new Promise<void>((resolve) => this.#time.wait(saveTime, resolve));
      sighting = await this.#look();
    }
    return undefined;
  }

  async #look(): Promise<Sighting | undefined> {
    try {
      await using handle = await open(this.#path);
      const stat = await handle.stat({ bigint: true });
      const bytes = await handle.readFile();
      this.#mode = Number(stat.mode) & 0o777;
      return { bytes, digest: digestOf(bytes), stat };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #brokenByEdit(problem: DataFileProblem): SparringError {
    const message = `Nothing can be stored, because the edited data file ${basename(this.#name)} ${atProblem(problem)}.`;
    return new SparringError('storage-failed', message, {
      next: 'Mend the file; it is picked up as soon as it reads again.',
    });
  }
}

/** Writes a file that must not be there yet. */
async function stage(path: string, bytes: Buffer, mode: number): Promise<void> {
  await using handle = await open(path, 'wx', privateFile);
  await handle.writeFile(bytes);
  // By itself, since the mode of a new file is masked.
  if (mode !== privateFile) await handle.chmod(mode);
}

function atProblem({ line, column, expected }: DataFileProblem): string {
  return `is broken at line ${line}, column ${column}: expected ${expected}`;
}

function digestOf(bytes: Buffer): string {
  return hash('sha256', bytes);
}

function isSameFile(left: BigIntStats | undefined, right: BigIntStats | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.ino === right.ino && left.size === right.size && left.mtimeNs === right.mtimeNs;
}
