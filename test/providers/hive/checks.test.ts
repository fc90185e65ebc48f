import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HiveClient, startHive } from '../../server/hive-client.ts';
import { decodePng } from './decode-png.ts';
import { completedCheck, completedSession, sessionIdOf } from './verification.ts';

const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

describe('checks', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  it('need a completed session', async () => {
    const { body } = await hive.call('post', '/sessions').send({ customer_id: john, application_key: 'any' });
    const refused = await hive
      .call('post', '/checks')
      .send({ session_id: sessionIdOf(body.session_token) })
      .expect(400);
    expect(refused.body.error.message).toContain('session_id');
    await hive
      .call('post', '/checks')
      .send({ session_id: '00000000-0000-4000-8000-000000000000' })
      .expect(404);
    await hive.call('post', '/checks').send({}).expect(400);
  });

  it('go from processing to completed after the delay, and only then have a report', async () => {
    const session = await completedSession(hive, john);
    const created = (await hive.call('post', '/checks').send({ session_id: session }).expect(201)).body;
    expect(created).toMatchObject({ session_id: session, status: 'processing', decision: null });
    expect(hive.mock.records('hive', 'sessions').get(session)?.check_id).toBe(created.id);
    await hive.call('get', `/checks/${created.id}/report`).expect(404);
    await hive.mock.clock.advance(1_999);
    expect((await hive.call('get', `/checks/${created.id}`)).body.status).toBe('processing');
    await hive.mock.clock.advance(1);
    const done = (await hive.call('get', `/checks/${created.id}`)).body;
    const report = (await hive.call('get', `/checks/${created.id}/report`).expect(200)).body;
    expect(done).toMatchObject({ status: 'completed', decision: report.result });
    expect(report.check_id).toBe(created.id);
    expect(report.submitted).toBeLessThanOrEqual(report.processed);
    expect(report.processed).toBeLessThanOrEqual(report.generated);
  });

  it('yield an event with the unit of work that completes them', async () => {
    const session = await completedSession(hive, john);
    await hive.call('post', '/checks').send({ session_id: session });
    const events = hive.mock.events();
    await hive.mock.clock.advance(2_000);
    expect(hive.mock.events().length).toBe(events.length + 1);
    expect(hive.mock.events().at(-1)).toMatchObject({
      api: 'hive',
      name: 'check.completed',
      payload: { type: 'check.completed', data: { session_id: session, status: 'completed' } },
    });
  });

  it.each(['clear', 'caution', 'consider'])('end as metadata[sparring_result]=%s asks', async (result) => {
    const customer = (
      await hive
        .call('post', '/customers')
        .type('form')
        .send(`email=a@example.com&metadata[sparring_result]=${result}`)
    ).body;
    const { check, report } = await completedCheck(hive, customer.id);
    expect(check.decision).toBe(result);
    expect(report.result).toBe(result);
  });

  it('go with their customer, and take report and files along; sessions stay', async () => {
    const { check } = await completedCheck(hive, john);
    const files = hive.mock
      .records('hive', 'files')
      .list()
      .filter((file) => file.check === check.id);
    expect(files.length).toBe(2);
    await hive.call('delete', `/customers/${john}`).expect(200);
    await hive.call('get', `/checks/${check.id}`).expect(404);
    await hive.call('get', `/checks/${check.id}/report`).expect(404);
    for (const file of files) {
      await hive.call('get', `/files/${file.id}`).expect(404);
      await hive.call('get', `/downloads/${file.id}`).expect(404);
    }
    await hive.call('get', `/sessions/${check.session_id}`).expect(200);
  });

  it('delete to the whole check', async () => {
    const { check } = await completedCheck(hive, john);
    expect((await hive.call('delete', `/checks/${check.id}`).expect(200)).body).toEqual(check);
    await hive.call('get', `/checks/${check.id}/report`).expect(404);
  });

  it('are the same to the byte for the same seed, time and requests', async () => {
    const answers = async () => {
      const one = await startHive({ seed: 5 });
      const { check, report } = await completedCheck(one, john);
      const [file] = one.mock
        .records('hive', 'files')
        .list()
        .filter(({ check: owner }) => owner === check.id);
      const image = await one.call('get', `/downloads/${file?.id}`).buffer().expect(200);
      await one.mock.close();
      return JSON.stringify([one.token, check, report, file, image.body.toString('base64')]);
    };
    expect(await answers()).toBe(await answers());
  });
});

describe('downloads', () => {
  it('are images that decode', async () => {
    const hive = await startHive();
    const { check } = await completedCheck(hive, john);
    const own = hive.mock.records('hive', 'files').list();
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(['portrait', 'document']));
    for (const file of own) {
      const answer = await hive.call('get', `/downloads/${file.id}`).buffer().expect(200);
      expect(answer.headers['content-type']).toBe('image/png');
      const { width, height, pixels } = decodePng(answer.body);
      expect(pixels.length).toBe((width * 3 + 1) * height);
      expect(new Set(pixels).size).toBeGreaterThan(5);
    }
    expect(own.some((file) => file.check === check.id)).toBe(true);
    await hive.mock.close();
  });

  it('are reached under the host and prefix that the caller used', async () => {
    const hive = await startHive();
    const [file] = hive.mock.records('hive', 'files').list();
    const path = `/files/${file?.id}`;
    const byPrefix = await hive.call('get', path).set('Host', 'localhost:4010');
    expect(byPrefix.body.url).toBe(`http://localhost:4010/hive/downloads/${file?.id}`);
    const token = { authorization: `Bearer ${hive.token}` };
    const byHost = await hive.mock.fetch(`http://hive.localhost:4010${path}`, { headers: token });
    expect(await byHost.json()).toHaveProperty('url', `http://hive.localhost:4010/downloads/${file?.id}`);
    const byFilesHost = await hive.mock.fetch(`http://files.hive.localhost:4010/downloads/${file?.id}`, {
      headers: token,
    });
    expect(byFilesHost.headers.get('content-type')).toBe('image/png');
    const inNamespace = await hive.mock.fetch(`/~anna/hive${path}`, { headers: token });
    expect(new URL((await inNamespace.json()).url).pathname).toBe(`/~anna/hive/downloads/${file?.id}`);
    await hive.mock.close();
  });
});
