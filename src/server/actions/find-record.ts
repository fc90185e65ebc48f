import { SparringError } from '../../errors.ts';
import type { ResourceAction } from '../../openapi/infer-resources.ts';
import type { BehaviourContext } from '../../providers/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';

/** The record that a request's path names. Throws `record-not-found`, also for one that belongs to another parent. */
export function findRecord(action: ResourceAction, { path, unit }: BehaviourContext): StoredRecord {
  const { collection } = action.resource;
  const id = action.idParameter === undefined ? '' : String(path[action.idParameter]);
  const record = unit.collection(collection).get(id);
  if (!record || !action.parents.every(({ parameter, field }) => String(record.value[field]) === String(path[parameter]))) {
    throw new SparringError('record-not-found', `There is no record "${id.slice(0, 100)}" in ${collection}.`);
  }
  return record;
}

/** Puts a value into the envelope that an operation answers with. */
export function wrap(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
