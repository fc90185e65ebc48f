import type { Mock } from '../../server/model/mock.ts';
import type { Notice } from '../../server/model/mock-options.ts';
import { watchFiles } from '../common/watch-files.ts';

/**
 * Loads a document again when one of its files changes; the state stays. A document that no longer loads is reported, and
 * the last good one goes on serving.
 */
export function watchDocuments(mock: Mock, notice: (notice: Notice) => void): void {
  for (const { name } of mock.apis) watchDocument(mock, name, notice);
}

function watchDocument(mock: Mock, name: string, notice: (notice: Notice) => void): void {
  let stop = () => {};
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
  const start = () => {
    stop();
    stop = watchFiles(mock.apis.find((api) => api.name === name)?.files ?? [], reload);
  };
  start();
}
