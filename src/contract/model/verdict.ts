import type { Position } from '../../openapi/document/document.ts';
import type { CaseExchange } from './exchange.ts';
import type { Evidence } from './finding.ts';
import type { Grade } from './grade.ts';
import type { Provenance } from './provenance.ts';

/** The smallest request that was found to fail in the same way, where it is smaller than the one that did first. */
export interface Shrunken {
  /** What was sent and answered; not among the report's runs. */
  readonly exchange: CaseExchange;
  /** A command that sends it again. */
  readonly curl: string;
  /** How many requests it took to find it, beside those that made what they were about. */
  readonly requests: number;
}

/** A finding with all that a report says of it. */
export interface Verdict {
  readonly check: string;
  readonly grade: Grade;
  readonly rule: string;
  readonly case: string;
  /** Of the exchange that was judged. */
  readonly operation: string;
  readonly outcome: 'passed' | 'failed';
  /** As weak as the weakest fact it rests on. */
  readonly provenance: Provenance;
  /** Whether it fails the run: by grade and, on a real server, by provenance. */
  readonly fatal: boolean;
  /** Whether it would fail the run, were it not in the baseline of known failures. */
  readonly isKnown?: boolean;
  readonly evidence?: Evidence;
  /** Of a failed verdict: where the fact stands in the document's file. */
  readonly position?: Position | undefined;
  /** Of a failed verdict: a command that shows it again; credentials are `$SPARRING_TOKEN`. */
  readonly curl?: string;
  /** Of a failure that fails the run, once for all that show the same. */
  readonly shrunken?: Shrunken;
}
