import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors write in several steps; this many milliseconds of quiet end them. */
const quiet = 100;

/** Tells when one of the files has changed. Returns what ends the watching. */
export function watchFiles(files: readonly string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quiet).unref();
  };
  // The folder is watched and not the file, since editors replace files.
  const watchers = files.map((file) =>
    watch(dirname(file), { persistent: false }, (_, changedName) => {
      if (changedName === null || changedName === basename(file)) later();
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
