import { inspect, styleText } from 'node:util';
import { SparringError, type Violation } from '../../errors.ts';
import { visibleLine } from '../../visible.ts';
import { printError } from './print.ts';

/** Prints what went wrong and what to do next to stderr. Returns the exit code: 3 for a target that is not there, 2 for what else the user can mend, 1 for a bug. */
export function reportFailure(error: unknown, json = false): number {
  if (!(error instanceof SparringError)) {
    printError(inspect(error));
    return 1;
  }
  const isUnreachable = error.code === 'target-unreachable';
  if (json)
    printError(
      JSON.stringify({ level: 'error', code: error.code, message: error.message, next: error.next }),
    );
  else {
    const said = `${paint('red', `${error.title}:`)} ${error.message}`;
    const next = paint('dim', error.next);
    if (isUnreachable) printError(`${said} ${next}`);
    else printError([said, ...error.violations.map(lineOf), next].join('\n'));
  }
  return isUnreachable ? 3 : 2;
}

function lineOf({ location, message }: Violation): string {
  return `  ${visibleLine(`${location} ${message}`)}`;
}

function paint(format: 'red' | 'dim', text: string): string {
  return styleText(format, text, { stream: process.stderr });
}
