import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../../src/index.ts';
import { createManualTime } from '../../manual-time.ts';
import { start } from '../../openapi/infer-client.ts';

type Part = Readonly<Record<string, unknown>>;

const item = { type: 'object', required: ['n'], properties: { n: { type: 'integer', minimum: 1 } } };

function streaming(content: Part, more: Part = {}): Part {
  return {
    openapi: '3.2.0',
    paths: { '/only': { get: { responses: { 200: { description: 'OK', content } }, ...more } } },
  };
}

async function answer(content: Part, more: Part = {}, headers: Record<string, string> = {}) {
  const { mock } = await start(streaming(content, more));
  const response = await mock.fetch('/only', { headers });
  return { type: response.headers.get('content-type'), text: await response.text() };
}

let mock: Mock | undefined;
afterEach(() => mock?.close());

describe('a stream', () => {
  it.each<[string, RegExp]>([
    ['application/jsonl', /^(?:\{"n":\d+\}\n){3}$/],
    ['application/x-ndjson', /^(?:\{"n":\d+\}\n){3}$/],
    ['application/json-seq', /^(?:.\{"n":\d+\}\n){3}$/],
    ['text/event-stream', /^(?:data: \{"n":\d+\}\n\n){3}$/],
  ])('of %s is made of its item schema', async (type, expected) => {
    const found = await answer({ [type]: { itemSchema: item } });
    expect([found.type, found.text]).toEqual([type, expect.stringMatching(expected)]);
  });

  it('of events has their fields, and JSON in their data where that is what they hold', async () => {
    const data = { type: 'string', contentMediaType: 'application/json', contentSchema: item };
    const itemSchema = {
      type: 'object',
      required: ['event', 'data'],
      properties: { event: { const: 'tick' }, data },
    };
    const { text } = await answer(
      { 'text/event-stream': { itemSchema } },
      { 'x-sparring': { stream: { count: 2 } } },
    );
    expect(text).toMatch(/^(?:event: tick\ndata: \{"n":\d+\}\n\n){2}$/);
  });

  it('is what its examples show', async () => {
    const examples = { run: { dataValue: [{ data: 'one' }, { data: 'two' }] } };
    expect((await answer({ 'text/event-stream': { itemSchema: item, examples } })).text).toBe(
      'data: one\n\ndata: two\n\n',
    );
    const example = 'data: as it stands\n\n';
    expect((await answer({ 'text/event-stream': { example } })).text).toBe(example);
  });

  it('has as many items as are asked for', async () => {
    const { text } = await answer({ 'application/jsonl': { itemSchema: item } }, {}, { prefer: 'count=5' });
    expect(text.trim().split('\n')).toHaveLength(5);
  });

  it('is chosen by the body where that asks for one', async () => {
    const content = {
      'application/json': { example: { whole: true } },
      'text/event-stream': { itemSchema: item },
    };
    const { call } = await start({
      paths: {
        '/completions': {
          post: {
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
            responses: { 200: { description: 'OK', content } },
          },
        },
      },
    });
    expect((await call('POST', '/completions', { stream: true })).headers.get('content-type')).toBe(
      'text/event-stream',
    );
    expect((await call('POST', '/completions', { stream: false })).body).toEqual({ whole: true });
    expect(
      (await call('POST', '/completions', { stream: true }, { accept: 'application/json' })).body,
    ).toEqual({ whole: true });
  });

  it('has its lines in requests checked', async () => {
    const { mock: one } = await start({
      openapi: '3.2.0',
      paths: {
        '/batch': {
          post: {
            requestBody: { required: true, content: { 'application/jsonl': { itemSchema: item } } },
            responses: { 202: { description: 'Taken.' } },
          },
        },
      },
    });
    const send = async (body: string) =>
      one.fetch('/batch', { method: 'POST', body, headers: { 'content-type': 'application/jsonl' } });
    expect((await send('{"n":1}\n{"n":2}\n')).status).toBe(202);
    expect((await send('{"n":1}\n{"n":0}\n')).headers.get('sparring-problem')).toContain('body/1/n');
    expect((await send('{"n":1}\nnonsense')).headers.get('sparring-problem')).toContain('value 2');
  });
});

describe('over a connection, a stream', () => {
  async function open(more: Part, prefer: string, options: MockOptions = {}) {
    const document = {
      info: { title: 'Test', version: '1' },
      ...streaming({ 'text/event-stream': { example: [1, 2, 3] } }, more),
    };
    mock = await createMock({ apis: [{ name: 'test', document }], port: 0, ...options });
    const sent = httpRequest(`${mock.url}/test/only`, { headers: prefer === '' ? {} : { prefer } }).end();
    const [response] = await once(sent, 'response');
    response.setEncoding('utf8');
    return { response, next: async () => String((await once(response, 'data'))[0]), sent };
  }

  it('is timed by the clock, and ends', async () => {
    const time = createManualTime();
    const { next, response } = await open({ 'x-sparring': { stream: { interval: '10s' } } }, '', { time });
    const ended = once(response, 'end');
    expect(await next()).toBe('data: 1\n\n');
    const second = next();
    await time.pass(10_000);
    expect(await second).toBe('data: 2\n\n');
    const third = next();
    await time.pass(10_000);
    expect(await third).toBe('data: 3\n\n');
    await ended;
    expect(response.headers['content-length']).toBeUndefined();
  });

  it('stays open where that is told, until the client goes', async () => {
    const { next, response, sent } = await open({}, 'open, interval=0');
    expect(await next()).toContain('data: 1');
    expect(response.complete).toBe(false);
    sent.destroy();
  });

  it('comes at once, with its length, where nothing is told', async () => {
    const { response } = await open({}, '');
    response.resume();
    await once(response, 'end');
    expect(response.headers['content-length']).toBe('27');
  });
});
