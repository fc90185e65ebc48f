import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process of receivers: 20 healthy ones, and four hostile ones. Tells their URLs on a line of JSON. */
async function listen(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('x'), 1000);
  response.on('close', () => clearInterval(timer));
}

function streamForever(response: ServerResponse): void {
  const more = () => {
    while (response.write('x'.repeat(65_536)));
  };
  response.on('drain', more).on('error', () => undefined);
  more();
}

const healthy = await Promise.all(
  Array.from({ length: 20 }, () => listen((response) => void response.end('ok'))),
);
const hostile = await Promise.all([
  listen(() => undefined),
  listen(drip),
  listen(streamForever),
  listen((response) => void response.socket?.destroy()),
]);
process.stdout.write(`${JSON.stringify({ healthy, hostile })}\n`);
