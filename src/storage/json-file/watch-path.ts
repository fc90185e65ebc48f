import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { TimeSource } from '../../clock.ts';

/** Milliseconds without a further event after which an editor is taken to have finished saving. */
const quietTime = 100;

/**
 * Calls back when the file at `path` may have changed; returns how to stop. Watches the folder, because many editors
 * replace the file by another. Where the system cannot watch, nothing is reported: the next write notices an edit anyway.
 */
export function watchPath(path: string, time: TimeSource, changed: () => void): () => void {
  let cancel = () => {};
  const noticed = () => {
    cancel();
    cancel = time.wait(quietTime, changed);
  };
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(path), { persistent: false }, (_kind, name) => {
      if (name === null || name === basename(path)) noticed();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    return () => {};
  }
  return () => {
    cancel();
    watcher.close();
  };
}
