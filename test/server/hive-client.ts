import supertest from 'supertest';
import type { Mock, MockOptions } from '../../src/index.ts';
import { createMock } from '../../src/index.ts';

/** A mock of Hive without a port, and a way to call it with a fresh bearer token. */
export interface HiveClient {
  readonly mock: Mock;
  readonly token: string;
  call(
    method: 'get' | 'post' | 'patch' | 'delete' | 'put' | 'head' | 'options',
    path: string,
  ): supertest.Test;
}

/** The demo key and secret of a bundled API, as the start table prints them. */
export function basicOf(mock: Mock, api = 'hive'): string {
  const text = mock.apis.find(({ name }) => name === api)?.credentials ?? '';
  const [, pair = ''] = /basic (\S+?)(?:;|$)/.exec(text) ?? [];
  return pair;
}

export async function startHive(options: MockOptions = {}): Promise<HiveClient> {
  const mock = await createMock({ apis: ['hive'], now: '2026-01-31T12:00:00Z', ...options });
  const [username = '', password = ''] = basicOf(mock).split(':');
  const answer = await supertest(mock.app).get('/hive/token').auth(username, password);
  const token: string = answer.body.access_token;
  return {
    mock,
    token,
    call: (method, path) =>
      supertest(mock.app)[method](`/hive${path}`).set('Authorization', `Bearer ${token}`),
  };
}
