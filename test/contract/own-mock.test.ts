import { describe, expect, it } from 'vitest';
import { failedChecks, testBroken } from './broken-server.ts';

const documents = [
  'test/contract/library.yaml',
  'test/contract/articles.yaml',
  'test/openapi/documents/infer-shop.yaml',
  'test/commands/documents/petstore.yaml',
];

describe('the mock of a document that it has no code for', () => {
  it.each(documents)('shows the lists that %s promises', async (api) => {
    const report = await testBroken({ api, phases: ['lists'] });
    expect(failedChecks(report)).toEqual([]);
    expect(report.verdicts.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(10);
  });
});
