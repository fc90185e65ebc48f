import type { Violation } from '../../errors.ts';

/** What an error body may tell. */
export interface ErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  /** What in the request is at fault. */
  readonly violations?: readonly Violation[];
}
