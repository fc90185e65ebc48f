import type { Derivation } from './derivation.ts';
import type { UnitCollection, UnitOfWork } from './unit-of-work.ts';

/** A new record's id, and the values that are derived beside it. */
interface Fresh<Id> {
  readonly id: Id;
  readonly derive: Derivation;
}

/**
 * Derives the id of the next record of a collection. Ordinals whose ids are taken are passed over: a state that was loaded
 * from elsewhere holds ids that are derived from higher ordinals than its own.
 */
export function deriveFreshId<Id extends string | number>(
  unit: UnitOfWork,
  collection: string,
  idOf: (derive: Derivation) => Id,
): Fresh<Id> {
  const records = unit.collection(collection);
  for (;;) {
    const derive = unit.derive(collection, records.nextOrdinal);
    const id = idOf(derive);
    if (!records.get(String(id))) return { id, derive };
    records.takeOrdinal();
  }
}

/** The first number that is no record's id, from `first` on; by default that is the next ordinal counted from 1. */
export function freeNumber(
  records: Pick<UnitCollection, 'get' | 'nextOrdinal'>,
  first = records.nextOrdinal + 1,
): number {
  let id = first;
  while (records.get(String(id))) id += 1;
  return id;
}
