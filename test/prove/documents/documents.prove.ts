import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseDocuments } from './choose-documents.ts';
import { formatFaults, formatTable } from './format-findings.ts';
import { demo, madeUp } from './plain-document.ts';
import { type Finding, proveDocument } from './prove-document.ts';

// `DOCUMENTS=moorings,github npm run prove -- documents` proves some, FINDINGS=<file> keeps every fault, and CREDENTIALS=demo
// shows what is behind the door for as long as made-up credentials are refused.
const { CREDENTIALS, DOCUMENTS, FINDINGS } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'sparring-documents-'));
const documents = await chooseDocuments(DOCUMENTS, folder).catch((error: unknown) => {
  rmSync(folder, { recursive: true, force: true });
  throw error;
});
const findings: Finding[] = [];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const inOrder = documents.flatMap(({ name }) => findings.filter((one) => one.name === name));
  const table = formatTable(inOrder);
  console.log(`\n${table}\n`);
  if (FINDINGS) writeFileSync(FINDINGS, `${table}\n\n${inOrder.map(formatFaults).join('\n')}\n`);
});

describe('sparring serve of a document that nobody prepared', { concurrent: true, timeout: 600_000 }, () => {
  it.for(documents.map((one) => [one.name, one] as const))('is a good mock of %s', async ([, document]) => {
    const finding = await proveDocument(document, folder, CREDENTIALS === 'demo' ? demo : madeUp);
    findings.push(finding);
    expect(finding.notStarted).toBeUndefined();
    // The documents of others are measured; the bars are those of the corpus.
    if (!finding.corpus) return;
    expect(finding.operations).toBeGreaterThanOrEqual(15);
    expect({
      withMadeUpIds: finding.fresh.faults,
      afterCreating: finding.created.faults,
      testEndedWith: finding.test.code,
      testSawNoSuccessOf: finding.test.unseen,
    }).toEqual({ withMadeUpIds: [], afterCreating: [], testEndedWith: 0, testSawNoSuccessOf: [] });
  });
});
