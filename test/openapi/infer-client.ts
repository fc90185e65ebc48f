import type { Mock, MockOptions } from '../../src/index.ts';
import { createMock } from '../../src/index.ts';
import { documentFile } from './inline-document.ts';

/** What came back, its body already read; `body` is text where it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape.
  readonly body: any;
}

export interface Client {
  readonly mock: Mock;
  /** `body` is sent as JSON unless it is URLSearchParams. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

/** A mock of a document that stands beside the tests, or of one made from the given paths and components, with a clock that stands still. */
export async function start(
  source: string | Readonly<Record<string, unknown>>,
  options: MockOptions = {},
): Promise<Client> {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    ...(typeof source === 'string' ? {} : source),
  };
  const api = typeof source === 'string' ? documentFile(source) : { name: 'test', document };
  const mock = await createMock({ apis: [api], now: '2026-01-31T12:00:00Z', ...options });
  return {
    mock,
    async call(method, path, body, headers = {}) {
      const isForm = body instanceof URLSearchParams;
      const response = await mock.fetch(path, {
        method,
        headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? JSON.parse(text) : text,
      };
    },
  };
}

/** A JSON response of the schema. */
export function json(schema: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { description: 'As declared.', content: { 'application/json': { schema, ...more } } };
}

export function ref(name: string): unknown {
  return { $ref: `#/components/schemas/${name}` };
}

/** A path parameter. */
export function inPath(name: string, schema: unknown = { type: 'string' }): unknown {
  return { name, in: 'path', required: true, schema };
}
