import { printError } from './print.ts';

const interruptedCode = 130;

/** Runs what a first Ctrl-C (or SIGTERM) asks to end, and a second one ends at once with 130. */
export async function interruptible(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(interruptedCode);
    controller.abort();
    printError('Ending; what was created is deleted first. Once more ends at once.');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    await run(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
