import supertest from 'supertest';
import { createMock, type Mock, type MockOptions } from '../../../src/index.ts';

/** The webhook, the API and the release of the fixtures. */
export const sampleWebhook = 'd679ce92-572a-4dcd-b5a1-c72fc449b61e';
export const weatherApi = '5e4b7f0c-3c0b-4d0e-9b58-0a5b3b1f4c11';
export const weatherRelease = '0b8f5c2e-7f0a-4c55-8a0e-2f4d1c9b7a63';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A mock of ApiTree without a port, and a way to call it with a fresh token for all scopes. */
export interface ApiTreeClient {
  readonly mock: Mock;
  call(method: Method, path: string): supertest.Test;
  /** Asks for a token of the demo user. */
  token(fields?: Readonly<Record<string, string>>): supertest.Test;
}

export async function startApiTree(options: MockOptions = {}): Promise<ApiTreeClient> {
  const mock = await createMock({ apis: ['apitree'], now: '2026-01-31T12:00:00Z', ...options });
  const text = mock.apis[0]?.credentials ?? '';
  const [, username = '', password = ''] = /^oauth2 ([^:]+):(\S+)$/.exec(text) ?? [];
  const token = (fields: Readonly<Record<string, string>> = {}) =>
    supertest(mock.app)
      .post('/apitree/oauth2/token')
      .type('form')
      .send({ grant_type: 'password', username, password, ...fields });
  const { body } = await token().expect(200);
  return {
    mock,
    token,
    call: (method, path) =>
      supertest(mock.app)[method](`/apitree${path}`).set('Authorization', `Bearer ${body.access_token}`),
  };
}
