import type { HiveClient } from '../../server/hive-client.ts';

/** The id in a session token. */
export function sessionIdOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).session_id;
}

/** Creates a session for a customer and completes it. */
export async function completedSession(hive: HiveClient, customerId: string): Promise<string> {
  const { body } = await hive
    .call('post', '/sessions')
    .send({ customer_id: customerId, application_key: 'any' })
    .expect(201);
  const id = sessionIdOf(body.session_token);
  await hive.mock.control('hive', 'sessions', id, 'complete');
  return id;
}

/** Goes all the way from a customer to a completed check. */
export async function completedCheck(hive: HiveClient, customerId: string) {
  const { body } = await hive
    .call('post', '/checks')
    .send({ session_id: await completedSession(hive, customerId) })
    .expect(201);
  await hive.mock.clock.advance(2_000);
  const check = (await hive.call('get', `/checks/${body.id}`).expect(200)).body;
  const report = (await hive.call('get', `/checks/${body.id}/report`).expect(200)).body;
  return { check, report };
}
