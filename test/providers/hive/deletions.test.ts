import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HiveClient, startHive } from '../../server/hive-client.ts';
import { completedCheck, completedSession } from './verification.ts';

describe('what is deleted while something depends on it', () => {
  let hive: HiveClient;
  let customer: string;
  beforeEach(async () => {
    hive = await startHive();
    customer = (await hive.call('post', '/customers').send({ email: 'a@example.com' })).body.id;
  });
  afterEach(() => hive.mock.close());

  const check = async (session: string): Promise<string> =>
    (await hive.call('post', '/checks').send({ session_id: session }).expect(201)).body.id;
  const checkOf = (session: string) => hive.mock.records('hive', 'sessions').get(session)?.check_id;

  it('a session names its latest check, then the one before, then none', async () => {
    const session = await completedSession(hive, customer);
    const [first, second] = [await check(session), await check(session)];
    expect(checkOf(session)).toBe(second);
    await hive.call('delete', `/checks/${second}`).expect(200);
    expect(checkOf(session)).toBe(first);
    await hive.call('delete', `/checks/${first}`).expect(200);
    expect(checkOf(session)).toBeNull();
  });

  it('a check completes although its session is gone', async () => {
    const session = await completedSession(hive, customer);
    const id = await check(session);
    await hive.call('delete', `/sessions/${session}`).expect(200);
    await hive.mock.clock.advance(2_000);
    const { decision } = (await hive.call('get', `/checks/${id}`).expect(200)).body;
    expect((await hive.call('get', `/checks/${id}/report`).expect(200)).body.result).toBe(decision);
  });

  it('a check that is still processing goes with its customer, and no event tells of it', async () => {
    const session = await completedSession(hive, customer);
    const id = await check(session);
    await hive.call('delete', `/customers/${customer}`).expect(200);
    const events = hive.mock.events().length;
    await hive.mock.clock.advance(60_000);
    await hive.call('get', `/checks/${id}`).expect(404);
    expect(hive.mock.events()).toHaveLength(events);
    expect(checkOf(session)).toBeNull();
  });

  it('a session whose customer is gone can neither be had nor be checked', async () => {
    const session = await completedSession(hive, customer);
    await hive.call('delete', `/customers/${customer}`).expect(200);
    await hive.call('post', '/checks').send({ session_id: session }).expect(400);
    await hive.call('post', '/sessions').send({ customer_id: customer, application_key: 'any' }).expect(404);
  });

  it('leaves the checks, reports and files of other customers alone', async () => {
    const other = (await hive.call('post', '/customers').send({ email: 'b@example.com' })).body.id;
    await completedCheck(hive, customer);
    const kept = await completedCheck(hive, other);
    await hive.call('delete', `/customers/${customer}`).expect(200);
    await hive.call('get', `/checks/${kept.check.id}/report`).expect(200);
    const files = hive.mock.records('hive', 'files').list();
    expect(files.filter((file) => file.check === kept.check.id)).toHaveLength(2);
  });
});
