import type { RecordValue } from '../model/record.ts';

/** The records of a namespace by API and collection, in creation order. */
export type StateDump = Readonly<Record<string, Readonly<Record<string, readonly RecordValue[]>>>>;
