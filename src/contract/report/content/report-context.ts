import type { RunReport } from '../../model/run-report.ts';
import type { Coverage } from '../coverage/coverage-of.ts';
import type { BaselineComparison } from './baseline.ts';

/** What reporters know beside the run. */
export interface ReportContext {
  /** Files are named relative to it. */
  readonly folder: string;
  /** For terminals; default false. */
  readonly color?: boolean;
  /** Which parts of the document the run saw, and which it never saw. */
  readonly coverage?: Coverage | undefined;
  /** Whether the run was meant to see a part of the document only. */
  readonly isNarrowed?: boolean;
  /** Whether a terminal lists all that was never witnessed. */
  readonly isCoverageWhole?: boolean;
  /** How the failures differ from those that were known. */
  readonly comparison?: BaselineComparison | undefined;
  /** What was tested; default: what the report says of itself. */
  readonly tested?: Tested;
  /** The command line that ran, without what narrows it: `sparring test hive --url … --seed 1`. */
  readonly command?: string;
  /** File of the ledger, where something may be left to clean up. */
  readonly ledger?: string | undefined;
}

/** What a run tested, as whoever started it said. */
export interface Tested {
  /** Name of a bundled API, or path of a document. */
  readonly api: string;
  /** Undefined: a mock that was started for the run. */
  readonly url: string | undefined;
  readonly write?: boolean | undefined;
  readonly allowLeftovers?: boolean | number | undefined;
  readonly dangerous?: boolean | undefined;
  readonly allow?: readonly string[] | undefined;
}

/** Writes a report as text. The same report gives the same text: nothing in it says when or how fast. */
export type Reporter = (report: RunReport, context: ReportContext) => string;
