import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const notes = await loadDocument('test/contract/notes.yaml');
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n';
const open = new Set<Socket>();
let server: Server | undefined;

afterEach(() => {
  for (const socket of open) socket.destroy();
  server?.close();
});

/** A server that does to each request what it is told. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.once('data', () => answer(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

async function test(url: string, timeout = 150) {
  const transport = await undiciTransport(url, { timeout, retries: 0 });
  const report = await runContract(notes, transport, { only: ['listNotes/examples'] });
  await transport.close();
  return report.verdicts.filter(({ outcome }) => outcome === 'failed');
}

describe('a server that', () => {
  it.each<[string, (socket: Socket) => void, string, RegExp]>([
    ['hangs', () => {}, 'answers', /no whole answer within 150 ms/],
    [
      'drips',
      (socket) => void socket.write(`${head}Content-Length: 900\r\n\r\n[`),
      'answers',
      /no whole answer/,
    ],
    ['resets', (socket) => socket.resetAndDestroy(), 'answers', /closed|reset/],
    [
      'stops in the middle',
      (socket) => void socket.end(`${head}Content-Length: 900\r\n\r\n[`),
      'answers',
      /./,
    ],
    ['answers what is no HTTP', (socket) => void socket.end('hello\r\n\r\n'), 'answers', /no valid HTTP/],
    [
      'sends both Content-Length and Transfer-Encoding',
      (socket) =>
        void socket.end(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`),
      'answers',
      /no valid HTTP/,
    ],
    [
      'answers broken JSON',
      (socket) => void socket.end(`${head}Content-Length: 1\r\n\r\n[`),
      'media-type',
      /no JSON/,
    ],
    [
      'answers nothing',
      (socket) => void socket.end(`${head}Content-Length: 0\r\n\r\n`),
      'media-type',
      /without a body/,
    ],
    [
      'answers JSON that is not UTF-8',
      (socket) => {
        socket.write(`${head.replace('json', 'json; charset=iso-8859-1')}Content-Length: 5\r\n\r\n`);
        socket.end(Buffer.from('["é"]', 'latin1'));
      },
      'media-type',
      /no JSON/,
    ],
    [
      'calls gzip what is none',
      (socket) => void socket.end(`${head}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]`),
      'answers',
      /its body is no gzip, although its Content-Encoding says so/,
    ],
    [
      'names a coding that nobody knows',
      (socket) => void socket.end(`${head}Content-Encoding: rot13\r\nContent-Length: 2\r\n\r\n[]`),
      'answers',
      /nobody knows its Content-Encoding, rot13/,
    ],
    [
      'folds 50 MB into a few',
      (socket) => {
        const folded = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
        socket.write(`${head}Content-Encoding: gzip\r\nContent-Length: ${folded.length}\r\n\r\n`);
        socket.end(folded);
      },
      'answers',
      /unfolds to more than 8 MiB/,
    ],
    [
      'answers 50 MB, as it announced',
      (socket) => {
        socket.write(`${head}Content-Length: ${50 * 1024 * 1024}\r\n\r\n`);
        for (let sent = 0; sent < 50 && !socket.destroyed; sent += 1)
          socket.write(Buffer.alloc(1024 * 1024, ' '));
        socket.end();
      },
      'answers',
      /more than 8 MiB|no whole answer/,
    ],
    [
      'answers too much',
      (socket) => {
        socket.write(`${head}\r\n[`);
        const pour = () => {
          while (!socket.destroyed && socket.write(' '.repeat(1024 * 1024)));
        };
        socket.on('drain', pour);
        pour();
      },
      'answers',
      /more than 8 MiB|no whole answer/,
    ],
  ])('%s is a finding', async (_, answer, check, seen) => {
    // Only those that never end are not waited for.
    const isEndless = seen.source.includes('no whole answer');
    const failures = await test(await serve(answer), isEndless ? 150 : 10_000);
    expect(failures.map((failure) => failure.check)).toContain(check);
    expect(failures.find((failure) => failure.check === check)?.evidence?.seen).toMatch(seen);
  });

  it('folds its answer, unasked, is read all the same', async () => {
    const folded = gzipSync('[]');
    const url = await serve((socket) => {
      socket.write(`${head}Content-Encoding: gzip\r\nX-Total: 0\r\nContent-Length: ${folded.length}\r\n\r\n`);
      socket.end(folded);
    });
    expect(await test(url)).toEqual([]);
  });

  it('is not there ends the run before anything else is sent', async () => {
    const url = await serve(() => {});
    server?.close();
    await expect(test(url)).rejects.toMatchObject({ code: 'target-unreachable' });
  });

  it('goes away in the middle and stays away ends the run, which tells what it saw', async () => {
    let calls = 0;
    const url = await serve((socket) => {
      calls += 1;
      if (calls === 3) server?.close();
      socket.end(`${head}Content-Length: 2\r\n\r\n[]`);
    });
    const transport = await undiciTransport(url, { timeout: 150 });
    const report = await runContract(notes, transport, { workers: 1, patience: 300 });
    await transport.close();
    expect(report.ended).toMatchObject({ isFailure: true, isGone: true });
    expect(report.ended?.because).toMatch(/^The server went away after [A-Z]+ \/notes/);
    expect(report.notRun.at(-1)?.reason).toBe('the server went away');
  });

  it('asks for patience is asked again when it said', async () => {
    const waits: number[] = [];
    let calls = 0;
    const url = await serve((socket) => {
      calls += 1;
      const text =
        calls === 1 ? 'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n' : 'HTTP/1.1 200 OK\r\n';
      socket.end(`${text}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    });
    const transport = await undiciTransport(url, {
      sleep: async (milliseconds) => void waits.push(milliseconds),
    });
    const { response } = await transport.send({ method: 'GET', url, headers: {}, body: undefined });
    await transport.close();
    expect(response?.status).toBe(200);
    expect(waits).toEqual([7000]);
  });
});
