import type { Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { PlanContext } from './plan-context.ts';

export interface MakerOptions {
  /** How many requests of each kind are generated for an operation and media type. */
  readonly generated: number;
  /** Told why there is no case for something; a clause. */
  readonly onGap: (reason: string) => void;
}

/** Makes the cases of one phase for one operation. */
export type CaseMaker = (
  context: PlanContext,
  operation: Operation,
  options: MakerOptions,
) => readonly Case[];
