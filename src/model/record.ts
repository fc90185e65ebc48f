/** A JSON object as stored and served: never changed in place. */
export type RecordValue = Readonly<Record<string, unknown>>;

/** One record written (`value`) or deleted (`null`). `ordinal` is its creation rank within the collection, never reused. */
export interface RecordChange {
  readonly api: string;
  readonly collection: string;
  readonly id: string;
  readonly ordinal: number;
  readonly value: RecordValue | null;
}
