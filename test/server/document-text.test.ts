import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import type { Notice } from '../../src/server/model/mock-options.ts';

interface Shown {
  readonly headers?: Readonly<Record<string, string>>;
  readonly mediaType?: string;
  readonly status?: string;
}

function documentWith(shown: Shown): unknown {
  const headers = Object.entries(shown.headers ?? {}).map(([name, example]) => [
    name,
    { schema: { type: 'string' }, example },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: 'Text', version: '1' },
    paths: {
      '/told': {
        get: {
          responses: {
            [shown.status ?? '200']: {
              description: 'Told.',
              headers: Object.fromEntries(headers),
              content: { [shown.mediaType ?? 'application/json']: { example: { ok: 1 } } },
            },
          },
        },
      },
      '/other': {
        get: { responses: { 200: { description: 'x', content: { 'text/plain': { example: 'here' } } } } },
      },
    },
  };
}

describe("a document's text", () => {
  let mock: Mock | undefined;
  afterEach(() => mock?.close());

  const cases: readonly (readonly [string, Shown, Readonly<Record<string, string | null>>])[] = [
    ['beyond Latin-1', { headers: { 'X-Name': 'Žofie' } }, { 'x-name': '%C5%BDofie' }],
    ['with a line break', { headers: { 'X-Note': 'one\r\nset-cookie: a=b' } }, { 'set-cookie': null }],
    ['with half a character', { headers: { 'X-Half': 'a\ud800b' } }, { 'x-half': 'a%EF%BF%BDb' }],
    ['with a NUL', { headers: { 'X-Nul': 'a\u0000b' } }, { 'x-nul': 'a%00b' }],
    ['under a name that is no token', { headers: { 'X Note': 'a', 'X-Next': 'b' } }, { 'x-next': 'b' }],
    ['under a name beyond ASCII', { headers: { 'X-Čaj': 'a', 'X-Next': 'b' } }, { 'x-next': 'b' }],
    ['under no name', { headers: { '': 'a', 'X-Next': 'b' } }, { 'x-next': 'b' }],
    [
      'in a media type',
      { mediaType: 'application/json; title="čaj"; charset=utf-8' },
      { 'content-type': 'application/json; charset=utf-8' },
    ],
    ['that frames the message', { headers: { 'Transfer-Encoding': 'gzip' } }, { 'transfer-encoding': null }],
    ['that promises a trailer', { headers: { Trailer: 'x' } }, { trailer: null }],
    ['that gives a wrong length', { headers: { 'Content-Length': '-1' } }, {}],
    ['that promises another coding', { headers: { 'Content-Encoding': 'br' } }, { 'content-encoding': null }],
    ['that hangs up', { headers: { Connection: 'upgrade', Upgrade: 'x' } }, { upgrade: null }],
  ];

  it.each(cases)('%s in an answer is encoded or left out, and told once', async (_, shown, expected) => {
    const notices: Notice[] = [];
    mock = await createMock({
      apis: [{ name: 'text', document: documentWith(shown) }],
      port: 0,
      onNotice: (notice) => notices.push(notice),
    });
    for (const ask of [fetch, mock.fetch, fetch]) {
      const answer = await ask(`${mock.url}/text/told`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ ok: 1 });
      for (const [name, value] of Object.entries(expected)) expect(answer.headers.get(name)).toBe(value);
    }
    expect(notices.filter(({ message }) => message.startsWith('text, '))).toHaveLength(
      Object.keys(shown.headers ?? { one: 1 }).filter((name) => name !== 'X-Next').length,
    );
    expect(await (await fetch(`${mock.url}/text/other`)).text()).toBe('here');
  });

  it('cannot make an interim status the answer', async () => {
    mock = await createMock({
      apis: [{ name: 'text', document: documentWith({ status: '101' }) }],
      port: 0,
    });
    const answer = await fetch(`${mock.url}/text/told`);
    expect(answer.status).toBe(200);
  });
});

describe('what a user of the library does wrong', () => {
  it('is the error of that request', async () => {
    const mock = await createMock({
      apis: [{ name: 'text', document: documentWith({}) }],
      port: 0,
      onExchange: () => {
        throw new Error('The listener is wrong.');
      },
    });
    for (let turn = 0; turn < 2; turn += 1) expect((await fetch(`${mock.url}/text/told`)).status).toBe(500);
    await mock.close();
  });
});

describe('a target that is a whole URL', () => {
  it.each([
    ['http://127.0.0.1/text/other', '200'],
    ['HTTP://localhost:9/text/other?x=1', '200'],
    ['http://127.0.0.1/text', '404'],
    ['http://127.0.0.1', '200'],
    ['http://evil.example/text/other', '421'],
    ['https://127.0.0.1/_sparring/health', '200'],
  ])('%s is answered %s', async (target, status) => {
    const mock = await createMock({ apis: [{ name: 'text', document: documentWith({}) }], port: 0 });
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname).setEncoding('latin1');
    socket.write(`GET ${target} HTTP/1.1\r\nhost: elsewhere.example\r\nconnection: close\r\n\r\n`);
    let received = '';
    socket.on('data', (text: string) => {
      received += text;
    });
    await once(socket, 'end');
    expect(received).toContain(`HTTP/1.1 ${status} `);
    await mock.close();
  });
});

describe('an answer that comes before the upload has ended', () => {
  it.each([
    ['content-length: 40000000', 404],
    ['transfer-encoding: chunked', 404],
  ])('reaches a client that sends on (%s)', async (field, status) => {
    const mock = await createMock({ apis: [{ name: 'text', document: documentWith({}) }], port: 0 });
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /text/nowhere HTTP/1.1\r\nhost: localhost\r\n${field}\r\n\r\n`);
    const part = Buffer.alloc(1024 * 1024, 'a');
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), part, Buffer.from('\r\n')]);
    // Sends all of it before it looks at the answer, as simple clients do.
    for (let sent = 0; sent < 20; sent += 1) {
      const isTaken = socket.write(field.startsWith('content-length') ? part : chunk);
      if (!isTaken) await once(socket, 'drain');
    }
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
    });
    await once(socket, 'end');
    expect(received).toContain(`HTTP/1.1 ${status} `);
    socket.destroy();
    await mock.close();
  });
});
