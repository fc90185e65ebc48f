import type { RunReport } from '../../model/run-report.ts';

/** The command that a report is of: `test`, or `check-receiver`. */
export function commandNameOf({ unseen }: RunReport): string {
  return unseen ? 'check-receiver' : 'test';
}
