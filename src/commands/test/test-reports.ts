import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CredentialOptions } from '../../contract/execute/credentials/credentials.ts';
import type { RunReport } from '../../contract/model/run-report.ts';
import type { BaselineComparison } from '../../contract/report/content/baseline.ts';
import type { ReportContext } from '../../contract/report/content/report-context.ts';
import { safeReport } from '../../contract/report/content/safe-report.ts';
import { coverageOf } from '../../contract/report/coverage/coverage-of.ts';
import { reporters as known } from '../../contract/report/reporters.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { secretFieldsOf } from '../../openapi/document/secret-fields.ts';
import { shellWord } from '../../shell-word.ts';
import { printable } from '../common/print.ts';
import type { TestFlags } from './test-flags.ts';
import type { ReporterFlag } from './test-reporter-flag.ts';

export interface Reports {
  /** As the command names it. */
  readonly api: string;
  readonly document: ApiDocument;
  readonly flags: TestFlags;
  readonly credentials: CredentialOptions;
  readonly reporters: readonly ReporterFlag[];
  readonly report: RunReport;
  readonly comparison: BaselineComparison | undefined;
  readonly ledger: string | undefined;
}

/** Writes what a run gave by every reporter that was asked for. */
export async function writeTestReports(reports: Reports): Promise<void> {
  const { comparison, credentials, document, flags, ledger, reporters } = reports;
  const isNarrowed = [flags.only, flags.skip, flags.phases, flags.maxCases].some(
    (flag) => flag !== undefined,
  );
  const isCovered = !isNarrowed || flags.coverage || reporters.some(({ name }) => name !== 'terminal');
  const context: ReportContext = {
    folder: process.cwd(),
    coverage: isCovered ? coverageOf(document, reports.report) : undefined,
    isNarrowed,
    isCoverageWhole: flags.coverage === true,
    comparison,
    tested: {
      api: reports.api,
      url: flags.url,
      write: flags.write,
      allowLeftovers: flags.allowLeftovers,
      dangerous: flags.dangerous,
      allow: flags.allow,
    },
    command: commandOf(reports),
    ledger,
  };
  await writeReports(safeReport(reports.report, credentials, secretFieldsOf(document)), context, reporters);
}

/** Writes a report, in which nothing is secret any more, by each of the reporters. */
export async function writeReports(
  report: RunReport,
  context: ReportContext,
  reporters: readonly ReporterFlag[],
): Promise<void> {
  for (const { file, name } of reporters) {
    const format = await known[name]();
    const color = file === undefined && process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    const text = format(report, { ...context, color });
    if (file === undefined) process.stdout.write(printable(text, process.stdout));
    else await writeTo(file, text);
  }
}

async function writeTo(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** The command line again, as far as it says what is tested; secrets are left to the environment. */
function commandOf({ api, flags, report: { seed } }: Reports): string {
  const { allow = [], allowLeftovers, dangerous, insecure, url, write } = flags;
  return [
    `sparring test ${shellWord(api)}`,
    ...(url === undefined ? [] : [`--url ${shellWord(url)}`]),
    ...(write ? ['--write'] : []),
    ...(allowLeftovers ? [`--allow-leftovers${allowLeftovers === true ? '' : `=${allowLeftovers}`}`] : []),
    ...(dangerous ? ['--dangerous'] : []),
    ...allow.map((pattern) => `--allow ${shellWord(pattern)}`),
    ...(insecure ? ['--insecure'] : []),
    `--seed ${seed}`,
  ].join(' ');
}
