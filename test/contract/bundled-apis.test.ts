import { describe, expect, it } from 'vitest';
import { formatJson } from '../../src/contract/report/json.ts';
import { bundledApis } from '../../src/openapi/bundled-apis.ts';
import { failedChecks, testBroken } from './broken-server.ts';

const apis = bundledApis().map(({ name }) => name);

describe('the mocks of the bundled APIs', () => {
  it.each(apis)('%s keeps its document in every phase, and is left as it was', async (api) => {
    const report = await testBroken({ api });
    expect(failedChecks(report, false)).toEqual([]);
    expect(report.leftovers).toEqual([]);
    expect(report.counts.assertions).toBeGreaterThan(150);
    expect(report.aborted).toBe(false);
  });

  it('give the same report for the same seed, but for the port', async () => {
    const [one, other] = await Promise.all([testBroken({ seed: 7 }), testBroken({ seed: 7 })]);
    const text = (report: typeof one) => formatJson(report, '/').replaceAll(/127\.0\.0\.1:\d+/g, 'host');
    expect(text(one)).toBe(text(other));
    expect(text(one)).toContain('createCustomer/sequences/life-customers');
  });
});
