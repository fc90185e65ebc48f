import { SparringError } from '../../errors.ts';
import type { ResourceAction } from '../../openapi/infer/infer-resources.ts';
import type { BehaviourContext } from '../../providers/model/provider.ts';
import type { StoredRecord } from '../../state/stored-record.ts';

/** The record that a request's path names. Throws `record-not-found`, also for one that belongs to another parent. */
export function findRecord(action: ResourceAction, context: BehaviourContext): StoredRecord {
  const { path, unit } = context;
  const { collection } = action.resource;
  assertParents(action, context);
  const id = action.idParameter === undefined ? '' : String(path[action.idParameter]);
  const record = unit.collection(collection).get(id);
  if (!record || !belongs(action, context, record)) throw notFound(id, collection);
  return record;
}

/** Throws `record-not-found` where the path names a parent that is not there. */
export function assertParents({ parents }: ResourceAction, { path, unit }: BehaviourContext): void {
  for (const { collection, parameter } of parents) {
    const id = String(path[parameter]);
    if (collection !== undefined && !unit.collection(collection).get(id)) throw notFound(id, collection);
  }
}

/** Whether a record is one of the parents that the path names. */
export function belongs(
  { parents }: ResourceAction,
  { path }: BehaviourContext,
  { value }: StoredRecord,
): boolean {
  return parents.every(
    ({ field, parameter }) => field === undefined || String(value[field]) === String(path[parameter]),
  );
}

function notFound(id: string, collection: string): SparringError {
  return new SparringError('record-not-found', `There is no record "${id.slice(0, 100)}" in ${collection}.`);
}
