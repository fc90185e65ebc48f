import type { Pointer } from '../../json/json-pointer.ts';
import type { Grade } from './grade.ts';

/** What a failed verdict rests on and shows. */
export interface Evidence {
  /** What the document or rule asks for, in words. */
  readonly expected: string;
  /** What was there instead, in words. */
  readonly seen: string;
  /** The fact of the document that the verdict rests on. */
  readonly pointer: Pointer;
  /** Index into the exchanges of the case. */
  readonly exchange: number;
  /** Where in the message: `body/email`, `header/etag`, `status`. */
  readonly location?: string;
}

/** What one check says of one exchange or case. */
export interface Finding {
  readonly outcome: 'passed' | 'failed';
  /** The exchange that was judged, by its index. */
  readonly exchange: number;
  /** Facts of the document the verdict rests on, each as the pointers that lead to it; see `provenance-of.ts`. */
  readonly facts: readonly (readonly Pointer[])[];
  /** Whether the rule itself is read off names rather than said: that a parameter filters, that a number is a total. */
  readonly inferred?: boolean;
  /** Where this finding binds less than the check does: a `convention` of a check that is graded `contract`. */
  readonly grade?: Grade;
  /** For `failed`. */
  readonly evidence?: Evidence;
}
