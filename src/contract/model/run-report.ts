import type { CaseRun } from './case-run.ts';
import type { LeftOut } from './left-out.ts';
import type { Gap } from './plan.ts';
import type { Verdict } from './verdict.ts';

/** What the run created and could not delete. */
export interface Leftover {
  readonly collection: string;
  /** `?` where it is not known. */
  readonly id: string;
  readonly reason: string;
  /** The number of its creation in the ledger, where that was not answered. */
  readonly creation?: number;
}

export interface RunReport {
  readonly api: string;
  readonly title: string;
  readonly version: string;
  /** The document's file. */
  readonly file: string;
  readonly target: string;
  readonly seed: number;
  /** What is to be known of the run and its document before anything else: sentences without a full stop; told once. */
  readonly notices: readonly string[];
  /** All verdicts in the order of the plan, then of the checks. */
  readonly verdicts: readonly Verdict[];
  readonly notRun: readonly { readonly case: string; readonly operation: string; readonly reason: string }[];
  readonly gaps: readonly Gap[];
  readonly leftovers: readonly Leftover[];
  /** What was not tried, out of regard for the server, and what includes it. */
  readonly leftOut?: readonly LeftOut[];
  readonly counts: RunCounts;
  /** What each case did, in the plan's order; reporters that need the messages read them here. */
  readonly runs: readonly CaseRun[];
  /** Fails the run, too. */
  readonly shortfall?: Shortfall;
  /** Whether the run was ended before its plan was. */
  readonly aborted: boolean;
  /** Whether it ended since one failure was enough. */
  readonly isBailed?: boolean;
  /** Why else it ended before its plan was, as a sentence: its time was up, or the server does not answer. */
  readonly ended?: { readonly because: string; readonly isFailure: boolean; readonly isGone?: boolean };
  /** Of a run against a webhook receiver: what such a run cannot see, a sentence each. */
  readonly unseen?: readonly string[];
}

/** Too few operations were seen to succeed for a run to say anything. */
export interface Shortfall {
  /** Of the operations that were tried, how many answered a success; from 0 to 1. */
  readonly share: number;
  /** The share that was asked for. */
  readonly least: number;
  readonly tried: number;
  /** Those that did not, and what stood in the way. */
  readonly operations: readonly { readonly operation: string; readonly reason: string }[];
}

export interface RunCounts {
  readonly cases: number;
  readonly notRun: number;
  readonly requests: number;
  readonly assertions: number;
  readonly failed: number;
  /** Failed, and the run with them. */
  readonly fatal: number;
}
