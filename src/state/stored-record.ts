import type { RecordValue } from '../storage/storage.ts';

/** An immutable record with its JSON text kept beside it. */
export interface StoredRecord {
  readonly id: string;
  /** Creation rank in its collection; never reused. */
  readonly ordinal: number;
  readonly value: RecordValue;
  /** `JSON.stringify(value)`, computed once. */
  readonly json: string;
}
