import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receiver/create-receiver.ts';
import { createManualTime, start } from '../manual-time.ts';

const open: Receiver[] = [];

async function receiver(options?: ReceiverOptions): Promise<Receiver> {
  const created = await createReceiver(options);
  open.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> = '',
  headers: Record<string, string> = {},
) {
  return fetch(url, { method: 'POST', body, headers });
}

describe('what arrives', () => {
  it('is recorded with its exact bytes, its headers, and as JSON where it is some', async () => {
    const { requests, url } = await receiver();
    const body = '{"a": 1,  "ö": "ß"}\n';
    await post(`${url}/hooks?x=1`, body, { 'X-Event': 'made' });
    expect(requests).toMatchObject([
      { method: 'POST', path: '/hooks?x=1', text: body, json: { a: 1, ö: 'ß' }, status: 200 },
    ]);
    expect(requests[0]?.headers).toMatchObject({ 'x-event': 'made' });
    expect(requests[0]?.body.equals(Buffer.from(body))).toBe(true);
    expect(requests[0]?.verification).toBeUndefined();
  });

  it('keeps bytes that are no UTF-8, and has no JSON then', async () => {
    const { requests, url } = await receiver();
    await post(url, Uint8Array.from([0xff, 0x00, 0x7b]));
    expect([...(requests[0]?.body ?? [])]).toEqual([0xff, 0x00, 0x7b]);
    expect(requests[0]?.json).toBeUndefined();
  });

  it('keeps repeated header fields, joined and as they were sent', async () => {
    const { requests, url, waitFor } = await receiver();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /raw HTTP/1.1\r\nHost: here\r\nX-Tag: one\r\nx-tag: two\r\nContent-Length: 0\r\n\r\n');
    await waitFor(({ path }) => path === '/raw');
    socket.destroy();
    expect(requests[0]?.headers['x-tag']).toBe('one, two');
    expect(requests[0]?.rawHeaders).toEqual([
      ['Host', 'here'],
      ['X-Tag', 'one'],
      ['x-tag', 'two'],
      ['Content-Length', '0'],
    ]);
  });

  it('is refused above 10 MiB, and a sender that goes away leaves nothing', async () => {
    const { requests, url } = await receiver();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{"half":');
    socket.destroy();
    const answer = await post(url, 'x'.repeat(10 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(requests).toEqual([]);
  });
});

describe('signatures', () => {
  const secret = 'It’s a secret';
  const sign = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  it.for([
    ['a good one', sign('{}'), { valid: true, secretIndex: 1 }],
    ['one of other bytes', sign('{ }'), { valid: false, reason: 'signature-mismatch' }],
    ['none', undefined, { valid: false, reason: 'header-missing' }],
  ] as const)('%s is judged', async ([, signature, verdict]) => {
    const { requests, url } = await receiver({ scheme: 'github', secret: ['older', secret] });
    await post(url, '{}', signature === undefined ? {} : { 'X-Hub-Signature-256': signature });
    expect(requests).toMatchObject([{ verification: verdict }]);
  });

  it('with a secret of the wrong form are not verified, and the verdict says why', async () => {
    const { requests, url } = await receiver({ scheme: 'standard-webhooks', secret: 'whsec_***' });
    const now = String(Math.floor(Date.now() / 1000));
    const headers = { 'webhook-id': '1', 'webhook-timestamp': now, 'webhook-signature': 'v1,xyz' };
    expect((await post(url, '{}', headers)).status).toBe(200);
    expect(requests).toMatchObject([{ verification: { valid: false, message: /not base64/ } }]);
  });

  it.for([
    ['an unknown scheme', { scheme: 'sha', secret }, /"sha"/],
    ['a scheme without a secret', { scheme: 'github' }, /secret/],
    ['an empty secret', { scheme: 'github', secret: '' }, /secret/],
    ['an unknown option', { scheme: 'hmac', secret, options: { heder: 'x' } }, /heder/],
  ] as const)('%s is refused at the start', async ([, options, message]) => {
    await expect(receiver(options)).rejects.toThrow(message);
  });
});

describe('the answer', () => {
  it('has the status, headers and body it is told', async () => {
    const { requests, url } = await receiver({
      answer: { status: 503, headers: { 'Retry-After': '7' }, body: 'later' },
    });
    const answer = await post(url);
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([
      503,
      '7',
      'later',
    ]);
    expect(requests).toMatchObject([{ status: 503 }]);
  });

  it('fails the first so many, counted from when it was told', async () => {
    const { answer, requests, url } = await receiver();
    await post(url);
    answer({ failFirst: 2, body: 'no' });
    for (let count = 0; count < 3; count += 1) await post(url);
    answer({ failFirst: 1, status: 429 });
    for (let count = 0; count < 2; count += 1) await post(url);
    expect(requests.map(({ status }) => status)).toEqual([200, 500, 500, 200, 429, 200]);
  });

  it('may be decided for each request, also later', async () => {
    const { url } = await receiver({
      answer: async ({ json }, index) => ({ status: 200 + index, body: JSON.stringify(json) }),
    });
    const first = await post(url, '[1]');
    expect([first.status, await first.text()]).toEqual([200, '[1]']);
    expect((await post(url)).status).toBe(201);
  });

  it('is 500 where the function that decides fails or decides what cannot be sent', async () => {
    const { answer, url } = await receiver({
      answer: () => {
        throw new Error('mine');
      },
    });
    expect((await post(url)).status).toBe(500);
    answer(() => ({ headers: { 'X-A': 'a\r\nX-B: b' } }));
    expect((await post(url)).status).toBe(500);
  });

  it('waits as long as it is told, on the receiver’s time', async () => {
    const time = createManualTime();
    const { next, url } = await receiver({ time, answer: { delay: 60_000 } });
    const answered = post(url);
    expect((await next()).at).toBe(start);
    await time.pass(60_000);
    expect((await answered).status).toBe(200);
  });

  it.for([
    [{ status: 99 }, /status 99/],
    [{ delay: -1 }, /delay/],
    [{ headers: { 'a b': '' } }, /"a b"/],
  ] as const)('%j is refused at the start', async ([answer, message]) => {
    await expect(receiver({ answer })).rejects.toThrow(message);
  });
});

describe('waiting', () => {
  it('next gives each request once, in order, to those who asked in order', async () => {
    const { next, url } = await receiver();
    const waiting = [next(), next()];
    for (const path of ['/1', '/2', '/3']) await post(url + path);
    expect((await Promise.all([...waiting, next()])).map(({ path }) => path)).toEqual(['/1', '/2', '/3']);
  });

  it('next that gave up does not lose what comes later', async () => {
    const time = createManualTime();
    const { next, url } = await receiver({ time });
    const late = expect(next(1000)).rejects.toThrow('within 1000 milliseconds');
    await time.pass(1000);
    await late;
    await post(`${url}/1`);
    expect((await next()).path).toBe('/1');
  });

  it('waitFor finds what has arrived and what comes, and takes nothing from next', async () => {
    const { next, url, waitFor } = await receiver();
    await post(`${url}/1`);
    const coming = waitFor(({ path }) => path === '/2');
    await post(`${url}/2`);
    expect((await waitFor(({ path }) => path === '/1')).path).toBe('/1');
    expect((await coming).path).toBe('/2');
    expect((await next()).path).toBe('/1');
  });

  it('clear forgets what has arrived', async () => {
    const { clear, next, requests, url } = await receiver();
    await post(`${url}/1`);
    clear();
    await post(`${url}/2`);
    expect([requests.length, (await next()).path]).toEqual([1, '/2']);
  });

  it('on tells of each until it is stopped', async () => {
    const { on, url } = await receiver();
    const seen: string[] = [];
    const stop = on(({ path }) => seen.push(path));
    await post(`${url}/1`);
    stop();
    await post(`${url}/2`);
    expect(seen).toEqual(['/1']);
  });

  it('close rejects who waits, and may be called twice', async () => {
    const { close, next, url } = await receiver();
    const waiting = expect(next()).rejects.toThrow('closed');
    await close();
    await waiting;
    await close();
    await expect(post(url)).rejects.toThrow();
  });
});

it('a port that is in use is named', async () => {
  const { url } = await receiver();
  const port = Number(new URL(url).port);
  await expect(receiver({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use.`);
});
