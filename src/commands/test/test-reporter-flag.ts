import { InvalidArgumentError } from 'commander';
import { isReporter, type ReporterName, reporters } from '../../contract/report/reporters.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';

/** A reporter and where it writes; without a file to standard output. */
export interface ReporterFlag {
  readonly name: ReporterName;
  readonly file: string | undefined;
}

export const reporterNames = Object.keys(reporters);

/** Adds `name` or `name=file`. Throws `InvalidArgumentError`. */
export function readTestReporterFlag(
  text: string,
  former: readonly ReporterFlag[] = [],
): readonly ReporterFlag[] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (file === '') throw new InvalidArgumentError(`Write it as ${name}=<file>.`);
  if (isReporter(name)) return [...former, { name, file }];
  const guess = nearest(name, reporterNames);
  throw new InvalidArgumentError(
    `There is no reporter "${name}". ${guess ? `Did you mean ${guess}?` : `There are ${reporterNames.join(', ')}.`}`,
  );
}

/**
 * Gives the file of `--out` to the reporter that has none, and adds the one of `--emit-tests`.
 *
 * @throws SparringError `usage` when two would write to the same place
 */
export function placeReporters(
  given: readonly ReporterFlag[] | undefined,
  out: string | undefined,
  emitTests: string | undefined,
): readonly ReporterFlag[] {
  const tests: readonly ReporterFlag[] = emitTests === undefined ? [] : [{ name: 'vitest', file: emitTests }];
  const all = [...(given ?? [{ name: 'terminal' as const, file: undefined }]), ...tests];
  const open = all.filter(({ file }) => file === undefined);
  if (open.length > 1)
    throw new SparringError('usage', `Only one reporter can write to ${out ?? 'standard output'}.`, {
      next: `Give the others files, such as --reporter ${open[1]?.name}=report.${open[1]?.name}.`,
    });
  if (out !== undefined && open.length === 0)
    throw new SparringError('usage', 'Every reporter has a file already, so that --out names none.', {
      next: 'Leave --out away, or name a reporter without a file.',
    });
  return all.map(({ file, name }) => ({ name, file: file ?? out }));
}
