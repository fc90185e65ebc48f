import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Store } from './store.ts';

const prefix = '/hive/customers';

/** The bare `node:http` server that the mock is measured against: the limit to approach. */
export function createNodeServer(store: Store): Server {
  return createServer((request, response) => {
    const url = request.url ?? '';
    if (!store.isKnown(request.headers.authorization))
      return answer(response, 401, { error: { message: 'Unauthorized' } });
    const id = url.slice(prefix.length + 1);
    if (request.method === 'POST')
      return readJson(request, (body) => answerOr400(response, 201, store.create(body)));
    if (request.method === 'PATCH')
      return readJson(request, (body) => answerOr400(response, 200, store.update(id, body)));
    if (url === prefix) return answer(response, 200, store.list());
    const customer = store.get(id);
    if (customer) return answer(response, 200, customer);
    return answer(response, 404, { error: { message: 'Not found' } });
  });
}

function readJson(request: IncomingMessage, use: (body: unknown) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => use(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
}

function answerOr400(response: ServerResponse, status: number, customer: unknown): void {
  if (customer) answer(response, status, customer);
  else answer(response, 400, { error: { message: 'Invalid request' } });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
