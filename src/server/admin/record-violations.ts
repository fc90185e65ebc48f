import { SparringError, type Violation } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import type { ServedApi } from '../model/served-api.ts';

/** What a record breaks of its resource's schema. */
export function recordViolations(
  api: ServedApi,
  collection: string,
  record: RecordValue,
  location: string,
): readonly Violation[] {
  const schema = api.model.resources.get(collection)?.schema;
  return schema === undefined ? [] : api.validators.validate(schema, record, 'response', location);
}

/** Throws `invalid-request` when a record breaks its resource's schema. */
export function assertRecord(api: ServedApi, collection: string, record: RecordValue): void {
  const violations = recordViolations(api, collection, record, 'body');
  if (violations.length === 0) return;
  throw new SparringError('invalid-request', `The record breaks the schema of ${api.name}.${collection}.`, {
    violations,
  });
}
