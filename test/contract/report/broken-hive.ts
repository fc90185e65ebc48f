import type { RunReport } from '../../../src/contract/model/run-report.ts';
import { changed, type Mutation, testBroken } from '../broken-server.ts';

/** Credentials as a user of the real API would give them. */
export const basic = 'HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000';

/** Several defects at once: a list that fails, answers of a wrong type, broken requests that are taken, an open door. */
const defects: Mutation = async (request, respond) => {
  const response = await respond(request);
  const { pathname } = new URL(request.url);
  if (request.method === 'GET' && pathname.endsWith('/webhooks'))
    return new Response('{"error":"<b>boom</b> ]]> \u0007 \u202e"}', {
      status: 500,
      headers: { 'content-type': 'application/json' },
    });
  if (request.method === 'POST' && pathname.endsWith('/customers') && response.status === 400)
    return changed(response, { status: 201 });
  if (request.method === 'GET' && pathname.endsWith('/customers') && response.status === 401)
    return changed(response, { status: 200, body: () => [] });
  if (request.method === 'GET' && /\/customers\/[^/]+$/.test(pathname) && response.status === 200)
    return changed(response, { body: (value) => ({ ...value, email: 5 }) });
  return response;
};

/** A run against a Hive with several defects, which seems to be at the real address. */
export function runBrokenHive(): Promise<RunReport> {
  return testBroken({
    url: 'https://api.example.com/v1',
    credentials: { basic },
    now: () => 0,
    write: true,
    mutation: defects,
    only: ['listWebhooks', 'listCustomers', 'getCustomer/', 'createCustomer/'],
  });
}
