import type { Mock } from '../../server/model/mock.ts';
import type { Notice } from '../../server/model/mock-options.ts';

const interruptedCode = 130;

/** Ctrl-C and SIGTERM let running requests end, store what waits, and exit; a second Ctrl-C exits at once with 130. */
export function shutDownOnSignal(mock: Pick<Mock, 'close'>, notice: (notice: Notice) => void): void {
  let closing = false;
  const shutDown = () => {
    if (closing) process.exit(interruptedCode);
    closing = true;
    mock.close().then(
      () => process.exit(0),
      (error: unknown) => {
        notice({ level: 'error', message: error instanceof Error ? error.message : String(error) });
        // The log writes at the end of the turn.
        setImmediate(() => process.exit(1));
      },
    );
  };
  process.on('SIGINT', shutDown);
  process.on('SIGTERM', shutDown);
}
