import { createMock } from 'sparring';
import { expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import { openRun, planRun } from '../../src/contract/run/open-run.ts';
import { findApi } from '../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

it('records of which only the list tells the ids are deleted too, also when a case makes several alike', async () => {
  const mock = await createMock({ apis: ['hive'], port: 0, now: '2026-01-01T00:00:00Z' });
  const transport = await undiciTransport(mock.apis[0]?.url ?? mock.url);
  const planned = planRun(await loadDocument(findApi('hive')), {
    only: ['deleteSession/writes/deletion', 'listSessions/lists/created'],
  });
  const run = await openRun(planned, transport, { namespace: 'own' });
  const { records } = await mock.namespace('own');
  const before = records('hive', 'sessions').ids();
  const { runs } = await run.execute(planned.plan.cases);
  expect(runs.map(({ notRun }) => notRun)).toEqual([undefined, undefined]);
  expect(records('hive', 'sessions').ids()).toEqual(before);
  await run.close();
  await transport.close();
  await mock.close();
});
