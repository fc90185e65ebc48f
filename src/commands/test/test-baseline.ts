import { readFile, writeFile } from 'node:fs/promises';
import type { RunReport } from '../../contract/model/run-report.ts';
import {
  applyBaseline,
  type BaselineComparison,
  type KnownFailure,
  updatedBaseline,
} from '../../contract/report/content/baseline.ts';
import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { TestFlags } from './test-flags.ts';

/** What a file of known failures makes of a run. */
interface Baseline {
  compare(
    report: RunReport,
  ): Promise<{ readonly report: RunReport; readonly comparison: BaselineComparison | undefined }>;
}

/**
 * Reads the file of `--baseline`, before anything is sent; with `--update-baseline` it is written after the run.
 *
 * @throws SparringError `usage`
 */
export async function testBaselineOf({
  baseline: file,
  updateBaseline,
}: Pick<TestFlags, 'baseline' | 'updateBaseline'>): Promise<Baseline> {
  if (file === undefined) {
    if (updateBaseline)
      throw new SparringError('usage', '--update-baseline does not say which file.', {
        next: 'Add --baseline <file>.',
      });
    return { compare: async (report) => ({ report, comparison: undefined }) };
  }
  const known = await readBaseline(file, updateBaseline === true);
  return {
    async compare(report) {
      const compared = applyBaseline(report, known);
      if (!updateBaseline) return compared;
      const failures = updatedBaseline(compared.comparison);
      await writeFile(file, `${JSON.stringify({ failures }, null, 2)}\n`);
      return applyBaseline(report, failures);
    },
  };
}

async function readBaseline(file: string, mayBeAbsent: boolean): Promise<readonly KnownFailure[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (mayBeAbsent) return '{"failures":[]}';
    throw new SparringError('usage', `The baseline ${file} cannot be read.`, {
      next: 'Write it with --update-baseline.',
      cause,
    });
  });
  const failures = failuresIn(text);
  if (failures) return failures;
  throw new SparringError('usage', `${file} is no baseline.`, {
    next: 'Write one with --update-baseline; it is JSON with a list "failures".',
  });
}

function failuresIn(text: string): readonly KnownFailure[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const list = isObject(value) && Array.isArray(value.failures) ? value.failures : undefined;
    return list?.every(isKnownFailure) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isKnownFailure(value: unknown): value is KnownFailure {
  if (!isObject(value)) return false;
  const { answer, check, location, operation, request } = value;
  return (
    [check, operation, request].every((part) => typeof part === 'string') &&
    (typeof answer === 'string' || typeof answer === 'number') &&
    (location === undefined || typeof location === 'string')
  );
}
