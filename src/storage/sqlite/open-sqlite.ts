import { setImmediate } from 'node:timers';
import { SparringError } from '../../errors.ts';
import type { Commit, StoredNamespace } from '../../model/commit.ts';
import type { DeliveryLog } from '../../model/delivery-log.ts';
import type { Storage } from '../../model/storage.ts';
import { errorReason } from '../files/error-reason.ts';
import { type Bounds, type CommitWriter, createWriter } from './create-writer.ts';
import { openDeliveryLog } from './delivery-log.ts';
import { databaseName, type OpenDatabase, openDatabase, toOpenError } from './open-database.ts';
import { readNamespaces } from './read-namespaces.ts';

const defaultBounds: Bounds = { events: 100_000, settledDeliveries: 100_000 };

/**
 * A storage that keeps all namespaces, with their deliveries, in a database in the folder `path`, which is made where
 * missing. Nothing is touched before `load()`. Of events and of settled deliveries the newest 100,000 stay, of all
 * namespaces together. A commit that clears a namespace and brings nothing lets it vanish.
 */
export async function openSqlite(path: string, bounds: Partial<Bounds> = {}): Promise<Storage> {
  return new Sqlite(path, { ...defaultBounds, ...bounds });
}

interface Waiting {
  readonly commit: Commit;
  readonly resolve: () => void;
  readonly reject: (error: SparringError) => void;
}

interface Session extends OpenDatabase {
  readonly writer: CommitWriter;
  readonly log: (namespace: string) => DeliveryLog;
}

class Sqlite implements Storage {
  readonly #name: string;
  readonly #bounds: Bounds;
  #session: Session | undefined;
  #waiting: Waiting[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  constructor(name: string, bounds: Bounds) {
    this.#name = name;
    this.#bounds = bounds;
  }

  async load(): Promise<readonly StoredNamespace[]> {
    if (this.#session !== undefined) throw new SparringError('internal', 'A data folder is loaded once.');
    const open = openDatabase(this.#name);
    try {
      const { database } = open;
      const stored = readNamespaces(database);
      const writer = createWriter(database, this.#bounds);
      this.#session = { ...open, writer, log: openDeliveryLog(database) };
      return stored;
    } catch (error) {
      open.release();
      throw toOpenError(error, this.#name);
    }
  }

  commit(commit: Commit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, resolve, reject });
      // After all that this turn of the event loop has read from sockets, so that their commits share a transaction.
      this.#scheduled ??= setImmediate(() => this.#flush());
    });
  }

  keeps(): boolean {
    return true;
  }

  deliveries(namespace: string): DeliveryLog {
    return this.#opened().log(namespace);
  }

  async close(): Promise<void> {
    this.#flush();
    this.#session?.release();
    this.#session = undefined;
  }

  /** Stores all that waits as one transaction. When it fails, nothing of it is kept. */
  #flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    try {
      store(this.#opened(), group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      const failure = toFailure(error);
      for (const { reject } of group) reject(failure);
    }
  }

  #opened(): Session {
    if (this.#session !== undefined) return this.#session;
    throw new SparringError('storage-failed', 'The data folder is not open.');
  }
}

function store({ assertInPlace, database, writer }: Session, group: readonly Waiting[]): void {
  assertInPlace();
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const { commit } of group) writer.write(commit);
    writer.finish();
    database.exec('COMMIT');
  } catch (error) {
    // Some errors have ended the transaction already, see https://sqlite.org/lang_transaction.html.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function toFailure(error: unknown): SparringError {
  if (error instanceof SparringError) return error;
  const message = `The state could not be written to ${databaseName}: ${errorReason(error)}.`;
  return new SparringError('storage-failed', message, { cause: error });
}
