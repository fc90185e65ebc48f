import express from 'express';
import { createMock } from 'sparring';
import { setOpenApi } from 'sparring/vitest';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const notes = 'test/contract/notes.yaml';
const note = { id: '1', title: 'Milk', stars: 3 };

/** A server of the notes document that answers as it is told. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  return express().use((_, response) => {
    response.status(status).set(headers);
    if (body === undefined) response.end();
    else response.send(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const json = { 'content-type': 'application/json' };

/** The message of a failed assertion; fails where it held. */
async function messageOf(assertion: Promise<void>): Promise<string> {
  const error = await assertion.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error instanceof Error ? error.message : '';
}

describe('toMatchOpenApi', () => {
  beforeEach(() => setOpenApi(notes));

  it('takes an answer of supertest, and finds its operation by the request', async () => {
    await expect(await request(answering(200, note, json)).get('/notes/1')).toMatchOpenApi();
    await expect(await request(answering(201, note, json)).post('/notes')).toMatchOpenApi();
    await expect(await request(answering(204, undefined)).delete('/notes/1')).toMatchOpenApi();
  });

  it('hides the credentials of the request, in whatever form they come back', async () => {
    const server = answering(418, 'oops key:pa55word cookie-4f1c a2V5OnBhNTV3b3Jk pa55word', {});
    const answer = await request(server)
      .get('/notes/1')
      .auth('key', 'pa55word')
      .set('cookie', 'a=cookie-4f1c');
    const message = await messageOf(expect(answer).toMatchOpenApi());
    expect(message).toMatch(/seen {6}418 oops … … … …/);
  });

  it('takes a Response of fetch, which can be read afterwards', async () => {
    const response = Response.json(note);
    await expect(response).toMatchOpenApi('readNote');
    expect(await response.json()).toEqual(note);
  });

  it.each([
    ['another status', 418, note, json, /expected {2}one of 200, 404\n.*seen {6}418 \{"id":"1"/],
    [
      'a server error that is not declared',
      500,
      'oops',
      {},
      /expected {2}one of 200, 404\n.*seen {6}500 oops/,
    ],
    [
      'another media type',
      200,
      '<b>',
      { 'content-type': 'text/html' },
      /expected {2}application\/json\n.*text\/html/,
    ],
    ['no body', 200, undefined, {}, /expected {2}application\/json\n.*200 without a body/],
    ['a missing field', 200, { id: '1' }, json, /expected {2}body\/title is required\n.*seen {6}nothing/],
    [
      'a field of another type',
      200,
      { ...note, stars: 'x' },
      json,
      /body\/stars must be .*integer\n.*seen {6}"x"/,
    ],
    [
      'another status in a problem',
      404,
      { status: 400 },
      { 'content-type': 'application/problem+json' },
      /status 404, as that of the answer/,
    ],
  ])('refuses %s', async (_, status, body, headers, message) => {
    const answer = await request(answering(status, body, headers)).get('/notes/1');
    await expect(answer).not.toMatchOpenApi();
    const text = await messageOf(expect(answer).toMatchOpenApi());
    expect(text).toMatch(message);
    expect(text).toMatch(/^The answer to readNote does not match Notes 1\./);
    expect(text).toMatch(/readNote {2}GET \/notes\/\{noteId\} {2}test\/contract\/notes\.yaml:\d+:\d+/);
    expect(text).toMatch(/again {5}curl -i -X GET .*http:\/\/127\.0\.0\.1:\d+\/notes\/1/);
  });

  it('refuses broken JSON', async () => {
    const text = await messageOf(
      expect(new Response('{"id":', { headers: json })).toMatchOpenApi('readNote'),
    );
    expect(text).toMatch(/application\/json, but the body is no JSON/);
    expect(text).not.toContain('curl');
  });

  it('refuses a header field that is not as declared', async () => {
    const answer = await request(answering(200, [], { ...json, 'x-total': 'many' })).get('/notes');
    expect(await messageOf(expect(answer).toMatchOpenApi())).toContain('header/x-total');
  });

  it('says which operations there are where it cannot tell, or is given none', async () => {
    const text = (assertion: Promise<void>) => messageOf(assertion);
    expect(await text(expect(Response.json(note)).toMatchOpenApi())).toMatch(/does not say which request/);
    expect(await text(expect(Response.json(note)).toMatchOpenApi('readNotes'))).toMatch(
      /no operation "readNotes"/,
    );
    const answer = await request(answering(200, note, json)).get('/other');
    expect(await text(expect(answer).toMatchOpenApi())).toMatch(/No operation of notes is GET \/other/);
    await expect(answer).toMatchOpenApi('readNote');
    expect(await text(expect('text').toMatchOpenApi('readNote'))).toMatch(/takes a Response/);
    const unsent = request(answering(200, note, json)).get('/notes/1');
    expect(await text(expect(unsent).toMatchOpenApi('readNote'))).toMatch(/await it first/);
    const read = Response.json(note);
    await read.text();
    expect(await text(expect(read).toMatchOpenApi('readNote'))).toMatch(/was read before/);
  });

  it('shows the credentials of a request by name only', async () => {
    const answer = await request(answering(500, 'oops'))
      .post('/notes')
      .auth('me', 'hidden')
      .send({ title: 'x' });
    const text = await messageOf(expect(answer).toMatchOpenApi());
    expect(text).toContain('-u "$SPARRING_BASIC"');
    expect(text).toContain(`--data-binary '{"title":"x"}'`);
    expect(text).not.toContain(Buffer.from('me:hidden').toString('base64'));
  });

  describe('against a mock', () => {
    let mock: Awaited<ReturnType<typeof createMock>>;
    beforeAll(async () => {
      mock = await createMock({ apis: [notes, 'hive'], port: 0 });
    });
    afterAll(() => mock.close());

    it('finds operations below the name of the API, and below another path where told', async () => {
      setOpenApi('hive');
      await expect(await request(mock.app).get('/hive/customers')).toMatchOpenApi();
      await expect(await request(mock.app).get('/notes/notes')).toMatchOpenApi(undefined, { api: notes });
      await expect(await request(mock.app).get('/hive/customers')).toMatchOpenApi(undefined, {
        api: 'hive',
        basePath: '/hive',
      });
      await expect(await fetch(`${mock.url}/hive/token`)).toMatchOpenApi();
      const list = await fetch(`${mock.url}/hive/customers`);
      expect(await messageOf(expect(list).toMatchOpenApi())).toMatch(/\/customers has GET, POST/);
    });
  });
});
