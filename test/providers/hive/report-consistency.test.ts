import { describe, expect, it } from 'vitest';
import { createReport, type Report } from '../../../src/providers/hive/report.ts';
import { createDerivation } from '../../../src/state/derivation.ts';

const now = Date.parse('2026-06-15T12:00:00Z');

function reportOn(index: number, result: 'clear' | 'caution' | 'consider', at = now): Report {
  return createReport({
    id: `report-${index}`,
    checkId: `check-${index}`,
    result,
    submitted: at / 1000 - 5,
    now: at,
    customer: { email: 'a@example.com', created_at: now / 1000 },
    ofPerson: createDerivation(1, 'customers', index),
    ofCheck: createDerivation(1, 'checks', index),
  });
}

/** All leaves of the tree of traits, by path. */
function traits(node: object, path = ''): [path: string, status: unknown][] {
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'properties' || typeof value !== 'object' || value === null) return [];
    const parts = traits(value, `${path}/${name}`);
    return parts.length > 0 ? parts : [[`${path}/${name}`, 'status' in value ? value.status : undefined]];
  });
}

/** `dd.mm.yyyy` as milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.split('.').reverse().join('-'));
}

const indexes = Array.from({ length: 120 }, (_, index) => index);
const doubtful = indexes.map((index) => reportOn(index, 'caution'));
const serious = indexes.map((index) => reportOn(index, 'consider'));

describe('a report', () => {
  it('finds nothing wrong when it is clear, and the document is valid', () => {
    for (const report of indexes.map((index) => reportOn(index, 'clear'))) {
      expect(traits(report).filter(([, status]) => status !== 'clear')).toEqual([]);
      const { properties } = report.document_report;
      expect(timeOf(properties.date_of_issue)).toBeLessThan(now);
      expect(timeOf(properties.date_of_expiry)).toBeGreaterThan(now);
      expect(Number(properties.age)).toBeGreaterThanOrEqual(18);
      expect(properties.mrz_strings).toBe(properties.mrz_strings_with_correct_checksums);
    }
  });

  it('is as bad as the worst that it finds', () => {
    for (const report of doubtful) {
      const statuses = traits(report).map(([, status]) => status);
      expect(statuses).not.toContain('consider');
      expect(statuses.some((status) => status !== 'clear')).toBe(true);
    }
    for (const report of serious) expect(traits(report).map(([, status]) => status)).toContain('consider');
  });

  it('finds each kind of thing wrong in some customer', () => {
    const found = new Set(
      [...doubtful, ...serious].flatMap((report) =>
        traits(report)
          .filter(([, status]) => status !== 'clear')
          .map(([path]) => path),
      ),
    );
    expect([...found].sort()).toEqual([
      '/customer_report/ip/spam_blacklist',
      '/customer_report/ip/vpn',
      '/document_report/data_consistency/date_of_expiry',
      '/document_report/data_validation/date_of_expiry',
      '/document_report/data_validation/mrz',
      '/document_report/document_visual_authenticity/fonts',
      '/facial_report/face_comparison/similarity',
      '/facial_report/image_integrity/sharpness',
      '/facial_report/visual_authenticity/liveness',
    ]);
  });

  it('gives reasons that its properties bear out', () => {
    for (const { document_report, facial_report, customer_report } of [...doubtful, ...serious]) {
      const document = document_report.properties;
      const face = facial_report.properties;
      const similar = facial_report.face_comparison.similarity;
      expect(similar.reason).toBe(
        face.faces_match ? undefined : `Faces don't match (${Math.round(face.similarity)}%)`,
      );
      expect(facial_report.visual_authenticity.liveness.status === 'clear').toBe(face.live);
      const expired =
        document_report.data_validation.date_of_expiry.reason?.startsWith('Document has expired');
      expect(expired ?? false).toBe(timeOf(document.date_of_expiry) < now);
      if (expired) expect(document.months_to_expire).toBe('0');
      const mismatch = document_report.data_consistency.date_of_expiry.reason;
      if (mismatch) expect(mismatch).toContain(`MRZ (${document.date_of_expiry})`);
      const damaged = document_report.data_validation.mrz.status === 'MRZ is not valid';
      expect(document.mrz_strings !== document.mrz_strings_with_correct_checksums).toBe(damaged);
      const listed = customer_report.ip.spam_blacklist.status === 'caution';
      expect(customer_report.properties.mobile.spam_number > 0).toBe(listed);
      expect(customer_report.properties.mobile.proxy_score > 50).toBe(
        customer_report.ip.vpn.status === 'caution',
      );
    }
  });

  it('is on the same person and document in a later check, and on a renewed document after its expiry', () => {
    const month = 30 * 86_400_000;
    let renewed = 0;
    for (const index of indexes) {
      const first = reportOn(index, 'clear').document_report.properties;
      const later = reportOn(index, 'clear', timeOf(first.date_of_expiry) - month).document_report.properties;
      expect(later.document_number).toBe(first.document_number);
      const after = reportOn(index, 'clear', timeOf(first.date_of_expiry) + month).document_report.properties;
      expect(after.personal_number).toBe(first.personal_number);
      expect(after.date_of_issue).toBe(first.date_of_expiry);
      if (after.document_number !== first.document_number) renewed += 1;
    }
    expect(renewed).toBe(indexes.length);
  });

  it('names no address that could be anybody’s', () => {
    for (const { customer_report } of serious)
      expect(customer_report.properties.desktop.ip).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
  });
});
