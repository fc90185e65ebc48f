import { createMock, type Mock } from 'sparring';
import { describeContract } from 'sparring/vitest';
import { afterAll, describe, expect, it } from 'vitest';
import { formatJson } from '../../src/contract/report/json.ts';
import { bundledApis } from '../../src/openapi/load/bundled-apis.ts';
import { testBroken } from './broken-server.ts';
import { supertestFetch } from './supertest-fetch.ts';

/** A part of each phase of each operation; `npm run prove` takes them all, with many seeds. */
const overSocket = { maxCases: 160, seed: 1 };
const bySupertest = { maxCases: 60, seed: 2 };

describe.each(bundledApis())('the mock of $name', ({ name }) => {
  const mocks: Mock[] = [];
  const start = (port?: number) => async () => {
    const mock = await createMock({ apis: [name], port, now: '2026-01-01T00:00:00Z' });
    mocks.push(mock);
    return mock;
  };
  afterAll(() => Promise.all(mocks.map((mock) => mock.close())));

  describe('over a socket', () => describeContract(name, start(0), overSocket));
  describe('in process, by supertest', () => {
    const fetch = async () => ({ fetch: supertestFetch((await start()()).app) });
    describeContract(name, fetch, { ...bySupertest, basePath: `/${name}` });
  });
});

describe('a report', () => {
  it('is the same for the same seed, but for the port', async () => {
    const [one, other] = await Promise.all([testBroken({ seed: 7 }), testBroken({ seed: 7 })]);
    const text = (report: typeof one) =>
      formatJson(report, { folder: '/' }).replaceAll(/127\.0\.0\.1:\d+/g, 'host');
    expect(text(one)).toBe(text(other));
    expect(text(one)).toContain('createCustomer/sequences/life-customers');
  });
});
