import { styleText } from 'node:util';
import { SparringError } from '../errors.ts';

/** Prints what went wrong and what to do next to stderr. Returns the exit code: 3 for a target that is not there, 2 for what else the user can mend, 1 for a bug. */
export function reportFailure(error: unknown, json = false): number {
  if (!(error instanceof SparringError)) {
    console.error(error);
    return 1;
  }
  if (json)
    console.error(
      JSON.stringify({ level: 'error', code: error.code, message: error.message, next: error.next }),
    );
  else {
    console.error(`${paint('red', `${error.title}:`)} ${error.message}`);
    for (const { location, message } of error.violations) console.error(`  ${location} ${message}`);
    console.error(paint('dim', error.next));
  }
  return error.code === 'target-unreachable' ? 3 : 2;
}

function paint(format: 'red' | 'dim', text: string): string {
  return styleText(format, text, { stream: process.stderr });
}
