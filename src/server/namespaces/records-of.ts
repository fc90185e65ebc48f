import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { Records } from '../model/mock.ts';
import type { ServedApi } from '../model/served-api.ts';
import { idFieldOf } from './make-fixtures.ts';

/** One collection as a library user reads and writes it; each write is a unit of work of its own. */
export function recordsOf(namespace: Namespace, api: ServedApi, name: string): Records {
  const committed = () => namespace.collection(api.name, name);
  const idField = idFieldOf(api, name);
  return {
    get: (id) => committed().get(String(id))?.value,
    list: () =>
      committed()
        .list()
        .map(({ value }) => value),
    ids: () =>
      committed()
        .list()
        .map(({ id }) => id),
    count: () => committed().list().length,
    async insert(record) {
      const id = record[idField];
      if (typeof id !== 'string' && typeof id !== 'number') {
        throw new SparringError('invalid-request', `A record of ${name} needs its id in "${idField}".`);
      }
      return (await namespace.run(api.name, (unit) => unit.collection(name).insert(String(id), record)))
        .value;
    },
    async update(id, fields) {
      const merge = (former: RecordValue): RecordValue => ({ ...former, ...fields });
      const updated = await namespace.run(api.name, (unit) => {
        const former = unit.collection(name).get(String(id));
        if (!former) throw new SparringError('record-not-found', `${name} has no record "${id}".`);
        return unit.collection(name).replace(String(id), merge(former.value));
      });
      return updated.value;
    },
    delete: async (id) =>
      (await namespace.run(api.name, (unit) => unit.collection(name).delete(String(id)))) !== undefined,
  };
}
