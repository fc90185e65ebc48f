import { basename } from 'node:path';
import { Low } from 'lowdb';
import type { TimeSource } from '../../clock.ts';
import { SparringError } from '../../errors.ts';
import type { Commit, StoredNamespace } from '../../model/commit.ts';
import type { ExternalEdit, Storage } from '../../model/storage.ts';
import { errorReason } from '../files/error-reason.ts';
import { applyCommits, type DataFileContent, keptNamespace, toStoredNamespace } from './content.ts';
import { ContentHistory } from './content-history.ts';
import { FileEdited } from './data-file.ts';
import { likeliestRead, mergeEdit, withoutWhatCameSince } from './merge-edit.ts';
import { type OpenData, openData } from './open-data.ts';
import type { WrittenContent } from './parse-content.ts';
import { settleOrdinals } from './settle-ordinals.ts';
import { addStoredDeliveries } from './stored-deliveries.ts';
import { watchPath } from './watch-path.ts';

interface JsonFileOptions {
  readonly time: TimeSource;
}

/**
 * A storage that keeps the default namespace in one readable JSON file. `path` is the file as the user gave it; it and its
 * folders are made where missing. Nothing is touched before `load()`.
 */
export async function openJsonFile(path: string, options: JsonFileOptions): Promise<Storage> {
  return new JsonFile(path, options.time);
}

interface Waiting {
  readonly commit: Commit;
  readonly resolve: () => void;
  readonly reject: (error: SparringError) => void;
}

/** One loaded file: what it holds, and how to let it go. */
interface Session {
  readonly data: OpenData;
  readonly db: Low<DataFileContent>;
  /** What the file holds as far as is known; `db.data` is ahead of it while a write is under way. */
  stored: DataFileContent;
  readonly history: ContentHistory;
  readonly stopWatching: () => void;
}

class JsonFile implements Storage {
  readonly #name: string;
  readonly #time: TimeSource;
  readonly #listeners: ((edit: ExternalEdit) => void)[] = [];
  #session: Session | undefined;
  #waiting: Waiting[] = [];
  #lookForEdit = false;
  #work: Promise<void> | undefined;

  constructor(name: string, time: TimeSource) {
    this.#name = name;
    this.#time = time;
  }

  async load(): Promise<readonly StoredNamespace[]> {
    if (this.#session !== undefined) throw new SparringError('internal', 'A data file is loaded once.');
    const data = await openData(this.#name, this.#time);
    const db = new Low(data.file, data.content);
    const stopWatching = watchPath(data.path, this.#time, () => {
      this.#lookForEdit = true;
      this.#startWork();
    });
    const { clock, deliveries, events, ordinals, records, revision, settings } = data.content;
    const held = records.size + events.length + ordinals.size + deliveries.size + settings.size;
    const isFresh = held === 0 && clock === undefined;
    const history = new ContentHistory(data.content, isFresh || revision > 0 ? revision : undefined);
    this.#session = { data, db, stored: data.content, history, stopWatching };
    return isFresh ? [] : [toStoredNamespace(data.content)];
  }

  commit(commit: Commit): Promise<void> {
    if (!this.keeps(commit.namespace)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, resolve, reject });
      this.#startWork();
    });
  }

  keeps(namespace: string): boolean {
    return namespace === keptNamespace;
  }

  onEdit(listener: (edit: ExternalEdit) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#session?.stopWatching();
    await this.#work;
    this.#session?.data.release();
    this.#session = undefined;
  }

  #startWork(): void {
    this.#work ??= this.#doWork();
  }

  /** One thing at a time: the commits that arrive during a write make up the next one. */
  async #doWork(): Promise<void> {
    // Commits of the same turn go into one write from the start.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#lookForEdit) await this.#takeTurn();
    this.#work = undefined;
  }

  /**
   * Stores all that waits as one write; if nothing waits, only takes over an edit, and writes what an editor that had read an
   * earlier version took away with its save. When it fails, all that waits by then
   * fails too, since it builds on what is lost.
   */
  async #takeTurn(): Promise<void> {
    this.#lookForEdit = false;
    const group: Waiting[] = [];
    try {
      const session = this.#loaded();
      let target = applyCommits(session.stored, this.#take(group));
      let isStale = false;
      const step = () =>
        group.length > 0 || isStale ? write(session, target) : session.data.file.readEdit();
      for (let edit = await step(); edit !== undefined; edit = await step()) {
        const before = session.stored;
        const { content, read } = this.#merge(session, edit, applyCommits(target, this.#take(group)));
        isStale ||= read !== before;
        target = content;
      }
      for (const { resolve } of group) resolve();
    } catch (error) {
      this.#take(group);
      const failure = this.#toFailure(error);
      for (const { reject } of group) reject(failure);
    }
  }

  #take(group: Waiting[]): readonly Commit[] {
    const taken = this.#waiting;
    this.#waiting = [];
    group.push(...taken);
    return taken.map(({ commit }) => commit);
  }

  /** Synchronous up to the listeners' return, so that every later commit has seen the edit. */
  #merge(session: Session, written: WrittenContent, current: DataFileContent) {
    const { history, stored } = session;
    const settle = (before: DataFileContent) => settleOrdinals(written, before, current);
    const read =
      likeliestRead(history.at(written.revision), settle) ?? withoutWhatCameSince(stored, written.ordinals);
    const settled = settle(read);
    const deliveries = addStoredDeliveries(read.deliveries, settled.deliveries);
    const edited = { ...settled, revision: stored.revision, deliveries };
    const { content, edit } = mergeEdit(read, edited, current);
    session.stored = edited;
    history.push(edited, written.revision);
    if (edit.changes.length > 0) for (const listener of this.#listeners) listener(edit);
    return { content, read };
  }

  #loaded(): Session {
    if (this.#session !== undefined) return this.#session;
    throw new SparringError('storage-failed', `The data file ${basename(this.#name)} is not open.`);
  }

  #toFailure(error: unknown): SparringError {
    if (error instanceof SparringError) return error;
    const message = `The state could not be written to ${basename(this.#name)}: ${errorReason(error)}.`;
    return new SparringError('storage-failed', message, { cause: error });
  }
}

/** Writes `target`, or answers the edit that stands in its way. */
async function write(session: Session, target: DataFileContent): Promise<WrittenContent | undefined> {
  const content = { ...target, revision: session.stored.revision + 1 };
  session.db.data = content;
  try {
    await session.db.write();
    session.stored = content;
    session.history.push(content, content.revision);
    return undefined;
  } catch (error) {
    if (error instanceof FileEdited) return error.written;
    throw error;
  }
}
