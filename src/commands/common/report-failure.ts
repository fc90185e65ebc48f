import { styleText } from 'node:util';
import { SparringError, type Violation } from '../../errors.ts';

/** Prints what went wrong and what to do next to stderr. Returns the exit code: 3 for a target that is not there, 2 for what else the user can mend, 1 for a bug. */
export function reportFailure(error: unknown, json = false): number {
  if (!(error instanceof SparringError)) {
    console.error(error);
    return 1;
  }
  const isUnreachable = error.code === 'target-unreachable';
  if (json)
    console.error(
      JSON.stringify({ level: 'error', code: error.code, message: error.message, next: error.next }),
    );
  else {
    const said = `${paint('red', `${error.title}:`)} ${error.message}`;
    const next = paint('dim', error.next);
    if (isUnreachable) console.error(`${said} ${next}`);
    else console.error([said, ...error.violations.map(lineOf), next].join('\n'));
  }
  return isUnreachable ? 3 : 2;
}

function lineOf({ location, message }: Violation): string {
  return `  ${location} ${message}`;
}

function paint(format: 'red' | 'dim', text: string): string {
  return styleText(format, text, { stream: process.stderr });
}
