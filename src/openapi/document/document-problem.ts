import type { Pointer } from '../../json/json-pointer.ts';

/** Something of a document that is not as it must be, and where. */
export interface DocumentProblem {
  readonly pointer: Pointer;
  readonly message: string;
}
