import { resolve } from 'node:path';
import { SparringError } from '../../errors.ts';
import { loadDocument } from '../../openapi/load/load-document.ts';
import { printError } from '../common/print.ts';
import { reportFailure } from '../common/report-failure.ts';
import { watchFiles } from '../common/watch-files.ts';

/** Runs once, and again whenever a file of the document changes, until it is told to end. What fails is told, and waited over. */
export async function watchTest(
  file: string,
  signal: AbortSignal,
  once: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  let files: readonly string[] = [resolve(file)];
  while (!signal.aborted) {
    // Watched before it is read, so that a change in between is not missed.
    const change = nextChange(files, signal);
    try {
      ({ files } = await loadDocument(file));
      await once(signal);
    } catch (error) {
      if (!(error instanceof SparringError)) throw error;
      reportFailure(error);
    }
    if (signal.aborted) return;
    printError(`\nWaiting for changes of ${file}; Ctrl-C ends it.`);
    await change;
  }
}

function nextChange(files: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const stop = watchFiles(files, () => end());
    // A watcher alone lets the process end.
    const alive = setInterval(() => {}, 2 ** 30);
    const end = () => {
      stop();
      clearInterval(alive);
      signal.removeEventListener('abort', end);
      done();
    };
    signal.addEventListener('abort', end);
  });
}
