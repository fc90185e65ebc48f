import { deriveFreshId } from '../../state/fresh-ids.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult, ProviderContext } from '../model/provider.ts';
import { deleteReport, writeReport } from './check-reports.ts';
import { addressed, existingRecord, invalidField, requiredText, unixSeconds } from './records.ts';
import { changeSession } from './sessions.ts';
import { numberOf } from './text-of.ts';

/**
 * POST /checks: starts a check on a completed session. A session can be checked again, since the document recommends one
 * session per submission but forbids nothing; it then names its latest check.
 */
export function createCheck(context: BehaviourContext): BehaviourResult {
  const { unit, settings } = context;
  const session = existingRecord(unit, 'sessions', requiredText(context, 'session_id'));
  assertCheckable(unit, session);
  const checks = unit.collection('checks');
  const { id } = deriveFreshId(unit, 'checks', (derive) => derive.uuid('id'));
  const now = unixSeconds(unit);
  const check = checks.insert(id, {
    id,
    session_id: session.id,
    status: 'processing',
    decision: null,
    created_at: now,
    updated_at: now,
  });
  changeSession(unit, session, { check_id: id });
  unit.schedule({
    task: 'completeCheck',
    dueAt: unit.now + numberOf(settings, 'check_delay', 0),
    collection: 'checks',
    id,
  });
  return { status: 201, body: check };
}

/**
 * Due `check_delay` after the check was created. Where session or customer have been deleted on their own meanwhile, the
 * check still completes, with a report on a derived person; deleting a customer by the API takes the check along.
 */
export function completeCheck({ unit }: ProviderContext, check: StoredRecord): void {
  if (check.value.status !== 'processing') return;
  const report = writeReport(unit, check);
  unit.collection('checks').replace(check.id, {
    ...check.value,
    status: 'completed',
    decision: report.value.result,
    updated_at: unixSeconds(unit),
  });
  for (const type of ['portrait', 'document']) writeFile(unit, check.id, type);
}

/** DELETE /checks/{id}: the document lists it without a section; it answers the check, as deleting customers and webhooks does. */
export function deleteCheck(context: BehaviourContext): BehaviourResult {
  const { unit } = context;
  const check = addressed(context, 'checks');
  removeCheck(unit, check);
  const session = unit.collection('sessions').get(String(check.value.session_id));
  if (session?.value.check_id === check.id)
    changeSession(unit, session, { check_id: latestCheck(unit, session) });
  return { status: 200, body: check };
}

/** DELETE /customers/{id}: "Also deletes any checks or reports associated with the customer"; sessions are not named and stay. */
export function deleteCustomer(context: BehaviourContext): BehaviourResult {
  const { unit } = context;
  const customer = addressed(context, 'customers');
  unit.collection('customers').delete(customer.id);
  const sessions = unit.collection('sessions').list();
  const theirs = new Map(
    sessions.filter(({ value }) => value.customer === customer.id).map((session) => [session.id, session]),
  );
  for (const check of unit.collection('checks').list()) {
    if (theirs.has(String(check.value.session_id))) removeCheck(unit, check);
  }
  for (const session of theirs.values()) {
    if (session.value.check_id !== null) changeSession(unit, session, { check_id: null });
  }
  return { status: 200, body: customer };
}

/** A check needs a completed session ("Can be created upon the completion of a session") and a customer that still exists. */
function assertCheckable(unit: UnitOfWork, session: StoredRecord): void {
  if (session.value.status !== 'completed') {
    throw invalidField(
      'session_id',
      'session-not-completed',
      `The session ${session.id} is ${session.value.status}; a check needs a completed session.`,
    );
  }
  if (unit.collection('customers').get(String(session.value.customer))) return;
  throw invalidField(
    'session_id',
    'customer-deleted',
    `The customer of the session ${session.id} has been deleted.`,
  );
}

/** With the check go its report and the pictures taken for it. */
function removeCheck(unit: UnitOfWork, check: StoredRecord): void {
  unit.collection('checks').delete(check.id);
  deleteReport(unit, check.id);
  const files = unit.collection('files');
  for (const file of files.list()) if (file.value.check === check.id) files.delete(file.id);
}

function latestCheck(unit: UnitOfWork, session: StoredRecord): string | null {
  const checks = unit.collection('checks').list();
  return checks.findLast(({ value }) => value.session_id === session.id)?.id ?? null;
}

/** `portrait` is documented; `document` is inferred from "image of an identity document or the customer's face". */
function writeFile(unit: UnitOfWork, checkId: string, type: string): void {
  const files = unit.collection('files');
  const { id } = deriveFreshId(unit, 'files', (derive) => derive.uuid('id'));
  files.insert(id, {
    id,
    type,
    metadata: {},
    url: `https://files.hive.id/downloads/${id}`,
    check: checkId,
    created_at: unixSeconds(unit),
  });
}
