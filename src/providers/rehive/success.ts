import { SparringError } from '../../errors.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourResult } from '../model/provider.ts';

/** Rehive's envelope of what went well. */
export function success(data: unknown, status = 200): BehaviourResult {
  return { status, body: { status: 'success', data } };
}

/** The record with an id that a path names. @throws SparringError `record-not-found` in Rehive's words. */
export function existingOrRefused(unit: UnitOfWork, collection: string, id: unknown): StoredRecord {
  const record = unit.collection(collection).get(String(id));
  if (record) return record;
  throw new SparringError('record-not-found', 'Not found.');
}

/** @throws SparringError `invalid-request` for one field, or for none of them (`non_field_errors`). */
export function refuseRequest(field: string | undefined, code: string, message: string): SparringError {
  const location = field === undefined ? 'body' : `body/${field}`;
  return new SparringError('invalid-request', message, { violations: [{ location, code, message }] });
}
