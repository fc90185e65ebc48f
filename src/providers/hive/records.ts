import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext } from '../model/provider.ts';
import { textOf } from './text-of.ts';

/** The record with this id. @throws SparringError `record-not-found`. */
export function existingRecord(unit: UnitOfWork, collection: string, id: string): StoredRecord {
  const record = unit.collection(collection).get(id);
  if (record) return record;
  throw new SparringError('record-not-found', `There is no ${collection.slice(0, -1)} with the id ${id}.`);
}

/** The record an operation's `{id}` names. @throws SparringError `record-not-found`. */
export function addressed({ unit, path }: BehaviourContext, collection: string): StoredRecord {
  return existingRecord(unit, collection, String(path.id));
}

/** A text field of the request's body. @throws SparringError `invalid-request` when it is absent or empty. */
export function requiredText({ body }: BehaviourContext, field: string): string {
  const value = isObject(body) ? textOf(body, field) : null;
  if (value !== null) return value;
  throw invalidField(field, 'required', `The field ${field} is required.`);
}

export function invalidField(field: string, code: string, message: string): SparringError {
  return new SparringError('invalid-request', message, {
    violations: [{ location: `body/${field}`, code, message }],
  });
}

/** The unit's time as the API writes it. */
export function unixSeconds(unit: UnitOfWork): number {
  return Math.floor(unit.now / 1000);
}
