import supertest from 'supertest';
import { expect } from 'vitest';
import type { MockOptions } from '../../../src/index.ts';
import { type HiveClient, startHive } from '../hive-client.ts';
import { brokenRules } from './admin-document.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** An answer of the admin API that keeps the admin document's word. */
export interface AdminAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what tests read out of JSON, as supertest types it
  readonly body: any;
  readonly text: string;
}

export interface AdminClient extends HiveClient {
  /** Calls the admin API in the default namespace; fails when the answer breaks the admin document. */
  admin(method: Method, path: string, body?: unknown): Promise<AdminAnswer>;
  /** The same in another namespace. */
  adminOf(namespace: string): AdminClient['admin'];
}

export async function startAdmin(options: MockOptions = {}): Promise<AdminClient> {
  const hive = await startHive(options);
  const call = async (namespace: string, method: Method, path: string, body: unknown) => {
    const request = supertest(hive.mock.app)
      [method](`/_sparring${path}`)
      .set('sparring-namespace', namespace);
    // Text is sent as it stands, so that a test can send what is no JSON.
    const answer = await (body === undefined
      ? request
      : request.type('json').send(typeof body === 'string' ? body : JSON.stringify(body)));
    const mediaType = answer.headers['content-type']?.split(';')[0];
    const { status, text } = answer;
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    const [plainPath = ''] = path.split('?', 1);
    expect(
      brokenRules({ method, path: plainPath, status, mediaType, body: value }),
      `${method} ${path}`,
    ).toEqual([]);
    return { status, body: value, text };
  };
  return {
    ...hive,
    admin: (method, path, body) => call('default', method, path, body),
    adminOf: (namespace) => (method, path, body) => call(namespace, method, path, body),
  };
}
