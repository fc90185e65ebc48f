import type { TimeSource } from '../clock.ts';
import { SparringError } from '../errors.ts';
import { createMemoryStorage } from './memory.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  readonly time: TimeSource;
}

/**
 * The storage that `--data` asks for: none for memory, a path that ends in `.json` for a JSON file.
 * Opens nothing yet; `load()` does. Throws `usage` for any other form.
 */
export async function openStorage(data: string | undefined, options: StorageOptions): Promise<Storage> {
  if (data === undefined) return createMemoryStorage();
  if (/[^/\\]\.json$/i.test(data)) {
    const { openJsonFile } = await import('./json-file.ts');
    return openJsonFile(data, options);
  }
  throw new SparringError('usage', `--data cannot take "${data}": it must be a file name ending in .json.`, {
    next: 'Give a file such as --data state.json, or leave --data out to keep the state in memory.',
  });
}
