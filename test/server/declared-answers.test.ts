import { describe, expect, it } from 'vitest';
import { mockApis } from '../../src/server/create-mock.ts';
import type { Notice } from '../../src/server/model/mock-options.ts';
import { serveAll } from '../../src/server/serve-sources.ts';
import { inPath, json, ref, start } from '../openapi/infer-client.ts';

const thing = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, size: { type: 'integer' } },
};
const input = { required: true, content: { 'application/json': { schema: ref('Thing') } } };

/** A document with a creation whose refusals are declared in one way or another. */
function refusing(responses: object) {
  return {
    paths: {
      '/things': { post: { requestBody: input, responses: { 201: json(ref('Thing')), ...responses } } },
      '/things/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(ref('Thing')) } } },
    },
    components: { schemas: { Thing: thing } },
  };
}

describe('a refusal', () => {
  it.each([
    ['text/plain', {}, /^The request breaks the document: body\/size .*<b>/],
    ['text/html', {}, /^<p>The request breaks the document: body\/size .*&lt;b&gt;/],
    ['text/html', { example: '<h1>No</h1>' }, /^<h1>No<\/h1>$/],
    ['application/xml', { example: '<no/>' }, /^<no\/>$/],
  ])('is %s where that is declared (%o)', async (mediaType, content, text) => {
    const schema = { type: 'object', properties: { size: { enum: ['<b>'] } } };
    const { call } = await start({
      paths: {
        '/things': {
          post: {
            requestBody: { content: { 'application/json': { schema } } },
            responses: {
              200: { description: 'OK' },
              400: { description: 'No', content: { [mediaType]: content } },
            },
          },
        },
      },
    });
    const answer = await call('POST', '/things', { size: 1 });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, mediaType]);
    expect(answer.text).toMatch(text);
  });

  it('names its own status in a problem document', async () => {
    const { call } = await start(refusing({ 422: { description: 'No' } }));
    const answer = await call('POST', '/things', { size: 'large' });
    expect(answer).toMatchObject({ status: 422, body: { status: 422 } });
  });

  it('is put as each operation declares it, though the mistake be the same', async () => {
    const creation = (word: string) => ({
      post: {
        requestBody: { $ref: '#/components/requestBodies/Thing' },
        responses: {
          201: json(ref('Thing')),
          400: { description: 'No', content: { 'application/json': { example: { word } } } },
        },
      },
    });
    const { call } = await start({
      paths: { '/things': creation('no'), '/others': creation('never') },
      components: { schemas: { Thing: thing }, requestBodies: { Thing: input } },
    });
    const words = [];
    for (const path of ['/things', '/others', '/others', '/things'])
      words.push((await call('POST', path, { size: 'large' })).body.word);
    expect(words).toEqual(['no', 'never', 'never', 'no']);
  });

  it('is the example of a media type without a schema', async () => {
    const content = { 'application/json': { example: { no: true } } };
    const { call } = await start(refusing({ 400: { description: 'No', content } }));
    expect((await call('POST', '/things', { size: 'large' })).body).toEqual({ no: true });
  });
});

describe('an operation', () => {
  it('does what it is for also where only its failures are declared', async () => {
    const document = refusing({});
    const post = { requestBody: input, responses: { 405: { description: 'Invalid input' } } };
    const { call } = await start({ ...document, paths: { ...document.paths, '/things': { post } } });
    expect((await call('POST', '/things', { id: 'a', size: 3 })).status).toBe(201);
    expect((await call('GET', '/things/a')).body).toEqual({ id: 'a', size: 3 });
  });

  it('may show a literal $ref in an example, and refer to other paths', async () => {
    const shown = { schema: { $ref: '#/nowhere' }, list: [{ $ref: './file.yaml' }] };
    const { call } = await start({
      'x-topics': [{ content: { $ref: './topics.md' } }],
      paths: {
        '/shown': {
          get: {
            responses: { 200: { description: 'OK', content: { 'application/json': { example: shown } } } },
          },
        },
        '/other': { get: { responses: { 200: { $ref: '#/paths/~1shown/get/responses/200' } } } },
      },
    });
    expect((await call('GET', '/shown')).body).toEqual(shown);
    expect((await call('GET', '/other')).body).toEqual(shown);
  });

  it('is open to the demo credentials whatever scope it alone names', async () => {
    const get = { security: [{ bearer: ['read:users'] }], responses: { 204: { description: 'OK' } } };
    const securitySchemes = { bearer: { type: 'http', scheme: 'bearer' } };
    const { call } = await start({ paths: { '/users': { get } }, components: { securitySchemes } });
    const headers = { authorization: 'Bearer demo-token' };
    expect((await call('GET', '/users', undefined, headers)).status).toBe(204);
  });
});

describe('what goes wrong inside the mock', () => {
  it('is told to the log in full, and to the caller not at all', async () => {
    const notices: Notice[] = [];
    const document = { openapi: '3.1.0', info: { title: 'Test', version: '1' }, ...refusing({}) };
    const apis = await serveAll({ apis: [{ name: 'test', document }] });
    const api = apis.get('test');
    const behave = () => {
      throw new TypeError('a secret of the inside');
    };
    if (api) apis.set('test', { ...api, behave });
    const mock = await mockApis(apis, { onNotice: (notice) => notices.push(notice) });
    const answer = await mock.fetch('/things/a?x=1');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(notices).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(/^GET \/things\/a\?x=1: TypeError: a secret of the inside\n +at /),
      },
    ]);
    await mock.close();
  });
});
