import { once } from 'node:events';
import { createServer } from 'node:http';
import { undiciTransport } from '../../../src/contract/execute/transport/undici-transport.ts';
import type { RunReport } from '../../../src/contract/model/run-report.ts';
import { type ContractOptions, runContract } from '../../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What a server answers: a status, and a body or none. Undefined: the connection is cut. */
export type Answer = readonly [status: number, body?: unknown, headers?: Record<string, string>] | undefined;

export interface Stranger {
  readonly url: string;
  /** `METHOD /path` of all that arrived but for reading. */
  readonly writes: string[];
  close(): Promise<void>;
}

/** A server that the run did not start, on a free port of this machine. */
export async function startStranger(answer: (asked: Asked) => Answer, port = 0): Promise<Stranger> {
  const writes: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = '', url = '' } = request;
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '');
    if (!/^(?:GET|HEAD|OPTIONS|TRACE)$/.test(method)) writes.push(`${method} ${path}`);
    const answered = answer({ method, path, body: jsonOf(Buffer.concat(chunks).toString()) });
    if (!answered) return void request.socket.destroy();
    const [status, body, headers = {}] = answered;
    response.writeHead(status, {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    writes,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Tests a stranger by a document, as by its URL. */
export async function testStranger(
  { url }: Pick<Stranger, 'url'>,
  document: object,
  options: ContractOptions = {},
): Promise<RunReport> {
  const transport = await undiciTransport(url, { timeout: 2000 });
  try {
    return await runContract(await loadDocument({ name: 'stranger', document }), transport, {
      shrink: false,
      ...options,
    });
  } finally {
    await transport.close();
  }
}

/** Documents by their operations: `POST /notes` and what it has beside the usual. */
export function documentOf(operations: Readonly<Record<string, object>>, schemas: object = {}): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [request, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = request.split(' ');
    const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    paths[path] ??= { ...(parameters.length > 0 && { parameters }) };
    paths[path][method.toLowerCase()] = operation;
  }
  return { openapi: '3.1.0', info: { title: 'A stranger', version: '1' }, paths, components: { schemas } };
}

/** A body or an answer of JSON. */
export const json = (schema: object) => ({
  description: 'As asked.',
  content: { 'application/json': { schema } },
});
export const nothing = { description: 'Nothing.' };
