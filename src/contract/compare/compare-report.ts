import type { Pointer } from '../../json/json-pointer.ts';
import type { Position } from '../../openapi/document/document.ts';
import type { CaseExchange } from '../model/exchange.ts';
import type { Leftover } from '../model/run-report.ts';

export type Side = 'left' | 'right';

/** One difference between two answers to the same request. */
export type DifferenceKind =
  /** One side gives none. */
  | 'answer'
  | 'status'
  | 'header'
  /** One side has a body, or one of JSON, and the other has not. */
  | 'body'
  /** A property that only one side has. */
  | 'field'
  /** A value of another JSON type. */
  | 'type'
  /** Text written another way: a UUID, a time, neither. */
  | 'format'
  /** A value that should be the same, since it was sent, or names a state or an error. */
  | 'value';

/** One difference between two answers. */
export interface AnswerDifference {
  readonly kind: DifferenceKind;
  /** Such as `status`, `header/location`, `body/email`; any item of an array is `*`. */
  readonly location: string;
  /** In words. */
  readonly left: string;
  readonly right: string;
  /** The fact of the document that speaks of it. */
  readonly pointer: Pointer;
  /** Differences with the same cause are told once. */
  readonly cause: string;
  /** What differs, for people: `Customer.email`, `the status of requests that break format`. */
  readonly subject: string;
  readonly case: string;
  readonly operation: string;
  readonly exchanges: Readonly<Record<Side, CaseExchange>>;
}

/** All differences of one cause. */
export interface DifferenceGroup {
  readonly first: AnswerDifference;
  readonly differences: readonly AnswerDifference[];
  readonly position: Position | undefined;
  readonly curls: Readonly<Record<Side, string>>;
}

/** Cases that one side could not run, or not as far as the other, by the reason. */
export interface NotCompared {
  readonly side: Side;
  readonly reason: string;
  readonly cases: readonly string[];
}

export interface CompareReport {
  readonly api: string;
  readonly title: string;
  readonly version: string;
  readonly file: string;
  readonly seed: number;
  readonly targets: Readonly<Record<Side, string>>;
  readonly counts: { readonly cases: number; readonly answers: number; readonly differences: number };
  /** One for each cause. */
  readonly groups: readonly DifferenceGroup[];
  readonly notCompared: readonly NotCompared[];
  readonly leftovers: readonly (Leftover & { readonly side: Side })[];
  /** Whether the run was ended before its plan was. */
  readonly aborted: boolean;
}
