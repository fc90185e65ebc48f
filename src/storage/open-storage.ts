import type { TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import type { Storage } from '../model/storage.ts';
import { isDataFolder } from './files/is-data-folder.ts';
import { createMemoryStorage } from './memory-storage.ts';

export interface StorageOptions {
  readonly time: TimeSource;
}

/**
 * The storage that `--data` asks for: none for memory; a folder (a path that ends in `/`, one that is a folder, or one
 * without an extension) for a database; a path that ends in `.json` for a JSON file. Opens nothing yet; `load()` does.
 * Throws `usage` for any other form.
 */
export async function openStorage(data: string | undefined, options: StorageOptions): Promise<Storage> {
  if (data === undefined) return createMemoryStorage();
  if (isDataFolder(data)) {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts');
    return openSqlite(data);
  }
  if (/[^/\\]\.json$/i.test(data)) {
    const { openJsonFile } = await import('./json-file/open-json-file.ts');
    return openJsonFile(data, options);
  }
  const message = `--data cannot take "${data}": it must be a file name ending in .json, or a folder's name ending in /.`;
  throw new SparringError('usage', message, {
    next: 'Give a file such as --data state.json or a folder such as --data state/, or leave --data out to keep the state in memory.',
  });
}
