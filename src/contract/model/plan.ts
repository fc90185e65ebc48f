import type { Case } from './case.ts';
import type { CasePhase } from './phase.ts';

/** What the plan has no case for, and why. */
export interface Gap {
  readonly operation: string;
  readonly phase: CasePhase;
  readonly reason: string;
}

export interface Plan {
  readonly seed: number;
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
  /** Selectors of cases that meant none. */
  readonly unmatched?: readonly string[];
}
