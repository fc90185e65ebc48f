import type { RecordValue } from '../../src/model/record.ts';
import { Collection } from '../../src/state/collection.ts';
import type { Namespace } from '../../src/state/namespace.ts';
import { Namespaces, type NamespacesOptions } from '../../src/state/namespaces.ts';
import { StoredRecord } from '../../src/state/stored-record.ts';
import type { UnitOfWork } from '../../src/state/unit-of-work.ts';
import { createMemoryStorage } from '../../src/storage/memory-storage.ts';
import { createManualTime } from '../manual-time.ts';

/** Namespaces of an API `shop` whose fixtures are three customers; in memory and on a clock that stands still unless told otherwise. */
export function openNamespaces(options: Partial<NamespacesOptions> = {}): Promise<Namespaces> {
  return Namespaces.open({
    seed: 1,
    time: createManualTime(),
    storage: createMemoryStorage(),
    fixtures: async () => new Map([['shop/customers', collectionOf(['ann', 'bob', 'cay'])]]),
    idField: () => 'id',
    ...options,
  });
}

export async function openNamespace(options: Partial<NamespacesOptions> = {}): Promise<Namespace> {
  return (await openNamespaces(options)).get('default');
}

export function collectionOf(ids: readonly string[]): Collection {
  const collection = new Collection();
  for (const id of ids) {
    collection.put(id, new StoredRecord(id, collection.nextOrdinal, { id }));
    collection.nextOrdinal += 1;
  }
  return collection;
}

/** Creates a customer as an API does: the id follows from the ordinal, the time from the clock. */
export function createCustomer(unit: UnitOfWork, fields: RecordValue = {}): string {
  const customers = unit.collection('customers');
  const id = unit.derive('customers', customers.nextOrdinal).uuid('id');
  customers.insert(id, { id, created_at: unit.now, ...fields });
  return id;
}

export function customerIds(namespace: Namespace): string[] {
  return namespace
    .collection('shop', 'customers')
    .list()
    .map(({ id }) => id);
}
