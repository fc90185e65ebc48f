import { SparringError } from '../../errors.ts';
import type { RecordValue } from '../../model/record.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { drawResult, isResult } from './findings.ts';
import { addressed } from './records.ts';
import { createReport } from './report.ts';
import { numberOf, objectOf, textOf } from './text-of.ts';

/** GET /checks/{id}/report: there is none before the check is completed, and the document shows no empty one. */
export function getReport(context: BehaviourContext): BehaviourResult {
  const check = addressed(context, 'checks');
  if (check.value.status === 'completed') return { status: 200, body: reportOf(context.unit, check) };
  throw new SparringError(
    'record-not-found',
    `The check ${check.id} is ${check.value.status} and has no report yet.`,
    {
      next: 'Ask again once the check is completed.',
    },
  );
}

/** Writes the report of a check that completes now. */
export function writeReport(unit: UnitOfWork, check: StoredRecord): StoredRecord {
  const report = drawReport(unit, check, unit.now);
  return unit.collection('reports').insert(report.id, report);
}

export function deleteReport(unit: UnitOfWork, checkId: string): void {
  const report = storedReport(unit, checkId);
  if (report) unit.collection('reports').delete(report.id);
}

const drawnReports = new WeakMap<StoredRecord, { customer: StoredRecord | undefined; report: RecordValue }>();

/**
 * The report of a completed check: the stored one, else (a check that came completed, from fixtures or by hand) the one it
 * would have got when it was last updated.
 */
export function reportOf(unit: UnitOfWork, check: StoredRecord): RecordValue | StoredRecord {
  const stored = storedReport(unit, check.id);
  if (stored) return stored;
  const { customer } = submissionOf(unit, check);
  const kept = drawnReports.get(check);
  if (kept && kept.customer === customer) return kept.report;
  const report = drawReport(unit, check, numberOf(check.value, 'updated_at', 0) * 1000);
  drawnReports.set(check, { customer, report });
  return report;
}

/** By the id the report of this check gets here; by search for reports with ids of their own, such as from fixtures. */
function storedReport(unit: UnitOfWork, checkId: string): StoredRecord | undefined {
  const reports = unit.collection('reports');
  return (
    reports.get(reportId(unit, checkId)) ?? reports.list().find(({ value }) => value.check_id === checkId)
  );
}

function reportId(unit: UnitOfWork, checkId: string): string {
  return unit.derive('reports', checkId).uuid('id');
}

function drawReport(unit: UnitOfWork, check: StoredRecord, now: number) {
  const { session, customer, customerId } = submissionOf(unit, check);
  const ofCheck = unit.derive('checks', check.id);
  const decision = check.value.decision;
  const requested = textOf(objectOf(customer?.value, 'metadata'), 'sparring_result');
  const result = [decision, requested].find(isResult) ?? drawResult(ofCheck);
  return createReport({
    id: reportId(unit, check.id),
    checkId: check.id,
    result,
    submitted: numberOf((session ?? check).value, 'updated_at', 0),
    now,
    customer: customer?.value,
    ofPerson: unit.derive('customers', customerId),
    ofCheck,
  });
}

/** Whose check it is, as far as that can still be told; session and customer can be deleted while the check goes on. */
function submissionOf(unit: UnitOfWork, check: StoredRecord) {
  const session = unit.collection('sessions').get(String(check.value.session_id));
  const customerId = textOf(session?.value, 'customer') ?? check.id;
  return { session, customer: unit.collection('customers').get(customerId), customerId };
}
