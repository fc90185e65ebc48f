import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Mock } from '../server/mock.ts';
import type { Notice } from '../server/options.ts';

/** Editors write in several steps; this many milliseconds of quiet end them. */
const quiet = 100;

/**
 * Loads a document again when one of its files changes; the state stays. A document that no longer loads is reported, and
 * the last good one goes on serving.
 */
export function watchDocuments(mock: Mock, notice: (notice: Notice) => void): void {
  for (const { name } of mock.apis) watchDocument(mock, name, notice);
}

function watchDocument(mock: Mock, name: string, notice: (notice: Notice) => void): void {
  let timer: NodeJS.Timeout | undefined;
  let watchers: FSWatcher[] = [];
  const reload = async () => {
    try {
      await mock.reload(name);
      notice({ level: 'info', message: `${name} was loaded again.` });
    } catch (error) {
      notice({
        level: 'error',
        message: `${error instanceof Error ? error.message : error} The former ${name} goes on serving.`,
      });
    }
    start();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(reload, quiet).unref();
  };
  const start = () => {
    for (const watcher of watchers) watcher.close();
    const files = mock.apis.find((api) => api.name === name)?.files ?? [];
    // The folder is watched and not the file, since editors replace files.
    watchers = files.map((file) =>
      watch(dirname(file), { persistent: false }, (_, changedName) => {
        if (changedName === null || changedName === basename(file)) changed();
      }),
    );
  };
  start();
}
