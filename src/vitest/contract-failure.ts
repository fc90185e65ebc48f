import type { CaseRun } from '../contract/model/case-run.ts';
import type { FailureGroup } from '../contract/report/content/group-failures.ts';
import { formatEntry } from '../contract/report/terminal/entry.ts';

/** More kinds of failures of one rule than this are only counted. */
const most = 5;

/** A broken rule, told as the command line tells it. Its stack is the test file's own, so that the runner shows that line. */
export class ContractFailure extends Error {
  /**
   * @param runs the cases that the failures are of, whose requests are shown
   * @param site an error that was made where the test file called; undefined: here
   */
  constructor(headline: string, groups: readonly FailureGroup[], runs: readonly CaseRun[], site?: Error) {
    const context = { folder: process.cwd() };
    const hidden = groups.length - most;
    const lines = [
      headline,
      ...groups.slice(0, most).flatMap((group) => formatEntry(group, runs, context)),
      ...(hidden > 0 ? ['', `  … and ${hidden} more kinds of failures.`] : []),
    ];
    super(lines.join('\n'));
    this.name = 'ContractFailure';
    const frames = site?.stack?.split('\n').slice(1).join('\n');
    if (frames !== undefined) this.stack = `${this.name}: ${this.message}\n${frames}`;
  }
}
