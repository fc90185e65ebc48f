import { printError } from './print.ts';

const interruptedCode = 130;

/**
 * Runs what a first Ctrl-C (or SIGTERM) asks to end, and a second one ends at once with 130. Before the run says that there is
 * something to end in order, a signal ends the process as it does any other: also while it computes, when no listener is called.
 */
export async function interruptible(
  run: (signal: AbortSignal, begin: () => void) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(interruptedCode);
    controller.abort();
    printError('Ending; what was created is deleted first. Once more ends at once.');
  };
  let isBegun = false;
  const begin = () => {
    if (isBegun) return;
    isBegun = true;
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
  };
  try {
    await run(controller.signal, begin);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
