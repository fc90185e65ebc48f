import type { RecordValue } from '../../model/record.ts';
import type { Derivation } from '../../state/derivation.ts';
import { customerReport } from './customer-report.ts';
import { documentReport } from './document-report.ts';
import { facialReport } from './facial-report.ts';
import type { Result } from './findings.ts';
import { drawFindings } from './findings.ts';
import { identityDocument } from './identity-document.ts';
import { describePerson } from './person.ts';

/** What a report is a function of. Times are milliseconds since the Unix epoch unless said otherwise. */
export interface ReportSubject {
  readonly id: string;
  readonly checkId: string;
  readonly result: Result;
  /** Unix seconds. */
  readonly submitted: number;
  readonly now: number;
  /** Absent when the customer (or the session that leads there) is gone; the report then is on a derived person. */
  readonly customer: RecordValue | undefined;
  /** Belongs to the customer: what stays the same from check to check. */
  readonly ofPerson: Derivation;
  /** Belongs to the check: what differs from one submission to the next. */
  readonly ofCheck: Derivation;
}

export type Report = ReturnType<typeof createReport>;

/** A report in the shape of the documented sample, in agreement with the customer and with itself. */
export function createReport(subject: ReportSubject) {
  const { ofPerson, ofCheck, now } = subject;
  const findings = drawFindings(subject.result, ofCheck);
  const person = describePerson(subject.customer, ofPerson, now);
  const document = identityDocument(person, ofPerson, now, findings);
  const processed = Math.floor(now / 1000);
  return {
    id: subject.id,
    check_id: subject.checkId,
    version: 1,
    result: subject.result,
    processed,
    submitted: Math.min(subject.submitted, processed),
    generated: processed,
    document_report: documentReport(document, findings, ofCheck),
    facial_report: facialReport(person, Number(document.age), findings, ofCheck),
    customer_report: customerReport(person, findings, ofPerson, ofCheck),
  };
}
