import { afterEach, describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import type { CredentialExtension } from '../../../src/openapi/document/extension.ts';

let mock: Mock;
afterEach(() => mock.close());

const demo: CredentialExtension = {
  username: 'anna',
  password: 'quite secret',
  clientId: 'app',
  clientSecret: 'app: secret',
  expiresIn: 60,
};
const json = (schema: object) => ({ description: 'So.', content: { 'application/json': { schema } } });
const fields = { type: 'object', properties: { scope: { type: 'string' } } };

interface Parts {
  readonly credential?: CredentialExtension;
  readonly extension?: object;
  readonly operation?: object;
  readonly responses?: object;
}

/** An API of one list that needs `read`, one that needs `write`, and a token endpoint that declares no errors. */
function documentOf({ credential = demo, extension, operation, responses }: Parts) {
  const guarded = (scope: string, id: string) => ({
    get: { operationId: id, security: [{ oauth: [scope] }], responses: { 200: json({ type: 'object' }) } },
  });
  const url = 'https://api.example.com/authorize';
  const scopes = { read: 'Reads.', write: 'Writes.' };
  return {
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    'x-sparring': { credentials: { oauth: credential }, ...extension },
    paths: {
      '/token': {
        post: {
          operationId: 'createToken',
          'x-sparring': { action: 'token', ...operation },
          security: [],
          requestBody: {
            content: {
              'application/x-www-form-urlencoded': { schema: fields },
              'application/json': { schema: fields },
            },
          },
          responses: { 200: json({ type: 'object', required: ['access_token'] }), ...responses },
        },
      },
      '/read': guarded('read', 'read'),
      '/write': guarded('write', 'write'),
    },
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            password: { tokenUrl: url, scopes },
            clientCredentials: { tokenUrl: url, scopes },
            authorizationCode: { authorizationUrl: url, tokenUrl: url, scopes },
          },
        },
      },
    },
  };
}

async function start(parts: Parts = {}): Promise<void> {
  const apis = [{ name: 'test', document: documentOf(parts) }];
  mock = await createMock({ apis, now: '2026-01-31T12:00:00Z' });
}

async function ask(body: Record<string, string>, headers: Record<string, string> = {}) {
  const url = 'http://mock.localhost/test/token';
  const answer = await mock.fetch(
    new Request(url, { method: 'POST', body: new URLSearchParams(body), headers }),
  );
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
}

async function call(path: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await mock.fetch(new Request(`http://mock.localhost/test${path}`, { headers }))).status;
}

const client = { client_id: 'app', client_secret: 'app: secret' };
const password = { grant_type: 'password', username: 'anna', password: 'quite secret' };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

describe('a token endpoint', () => {
  it('grants the demo account a token by its password, that opens the API until it expires', async () => {
    await start();
    const { body, headers, status } = await ask(password);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 60,
      refresh_token: expect.any(String),
      scope: 'read write',
    });
    expect(await call('/write', body.access_token)).toBe(200);
    await mock.clock.advance(60_000);
    expect(await call('/write', body.access_token)).toBe(401);
  });

  it('takes JSON as well', async () => {
    await start();
    const answer = await mock.fetch(
      new Request('http://mock.localhost/test/token', {
        method: 'POST',
        body: JSON.stringify(password),
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(answer.status).toBe(200);
  });

  it('narrows the scopes to those asked for', async () => {
    await start();
    const { body } = await ask({ ...password, scope: ' read  read' });
    expect(body.scope).toBe('read');
    expect(await call('/read', body.access_token)).toBe(200);
    expect(await call('/write', body.access_token)).toBe(403);
  });

  it('grants a client what it asks for itself, shown in the body or by HTTP Basic, without a refresh token', async () => {
    await start();
    const byBody = await ask({ grant_type: 'client_credentials', ...client });
    const byHeader = await ask({ grant_type: 'client_credentials' }, basic('app', 'app: secret'));
    for (const { body, status } of [byBody, byHeader]) {
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('refresh_token');
      expect(await call('/read', body.access_token)).toBe(200);
    }
  });

  it('exchanges no code that was not issued', async () => {
    await start();
    for (const code of ['code.none', 'none', (await ask(password)).body.refresh_token]) {
      const { body, status } = await ask({ grant_type: 'authorization_code', code, ...client });
      expect([status, body.error]).toEqual([400, 'invalid_grant']);
    }
  });

  it('rotates refresh tokens: each is good once, also in another spelling, and for no more than was granted', async () => {
    await start();
    const first = (await ask({ ...password, scope: 'read' })).body.refresh_token;
    const refresh = (token: string, scope = '') =>
      ask({ grant_type: 'refresh_token', refresh_token: token, scope, ...client });
    expect((await refresh(first, 'write')).body.error).toBe('invalid_scope');
    const { body, status } = await refresh(first);
    expect([status, body.scope]).toEqual([200, 'read']);
    expect(await call('/read', body.access_token)).toBe(200);
    expect((await refresh(first)).body.error).toBe('invalid_grant');
    const last = first.at(-1);
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      if (other !== last) expect((await refresh(first.slice(0, -1) + other)).status).toBe(400);
    }
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  it('gives refresh tokens that open nothing, and takes no access token for one', async () => {
    await start();
    const { access_token, refresh_token } = (await ask(password)).body;
    expect(await call('/read', refresh_token)).toBe(401);
    expect(await call('/read', refresh_token.replace('refresh.', ''))).toBe(401);
    const swapped = { grant_type: 'refresh_token', refresh_token: `refresh.${access_token}`, ...client };
    expect((await ask(swapped)).body.error).toBe('invalid_grant');
  });

  it.each<[string, number, Record<string, string>, Record<string, string>]>([
    ['invalid_request', 400, {}, {}],
    ['invalid_request', 400, { grant_type: 'password', username: 'anna' }, {}],
    ['unsupported_grant_type', 400, { grant_type: 'implicit' }, {}],
    ['unsupported_grant_type', 400, { grant_type: 'toString' }, {}],
    ['invalid_grant', 400, { ...password, password: 'wrong' }, {}],
    ['invalid_grant', 400, { ...password, username: 'otto' }, {}],
    ['invalid_grant', 400, { grant_type: 'refresh_token', refresh_token: 'refresh.x', ...client }, {}],
    ['invalid_scope', 400, { ...password, scope: 'read admin' }, {}],
    ['invalid_client', 401, { grant_type: 'client_credentials' }, {}],
    ['invalid_client', 401, { grant_type: 'client_credentials', ...client }, basic('app', 'wrong')],
    ['invalid_client', 401, { ...password, client_id: 'app' }, {}],
  ])('refuses by %s with %i: %o', async (error, status, body, headers) => {
    await start();
    const answer = await ask(body, headers);
    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } });
    expect(Object.keys(answer.body)).toEqual(['error', 'error_description']);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="sparring"' : null);
  });

  it('knows no grant for which the credential has nothing to show, or the scheme no flow', async () => {
    await start({ credential: { username: 'anna', password: 'quite secret', issuedBy: 'createToken' } });
    expect((await ask(password)).status).toBe(200);
    expect((await ask({ grant_type: 'client_credentials' })).body.error).toBe('unauthorized_client');
    await mock.close();
    await start({ credential: { clientId: 'app' } });
    expect((await ask({ grant_type: 'client_credentials', client_id: 'app' })).status).toBe(200);
    expect((await ask({ grant_type: 'password', username: '', password: '' })).status).toBe(400);
    expect((await ask({ grant_type: 'password', username: 'x', password: 'y' })).status).toBe(400);
  });
});

describe('what a document says of its token endpoint', () => {
  const own = { type: 'object', required: ['code', 'message'], additionalProperties: false };
  const shape = { code: { type: 'integer' }, message: { type: 'string' } };

  it('is the shape of a refusal: that of the whole document', async () => {
    await start({ extension: { errors: { body: { code: '{status}', message: '{message}' } } } });
    expect(await ask({ ...password, password: 'wrong' })).toMatchObject({
      status: 400,
      body: { code: 400, message: 'The username or password is wrong.' },
    });
  });

  it('is the shape of a refusal: that of the operation', async () => {
    await start({ responses: { default: json({ ...own, properties: shape }) } });
    expect((await ask({ grant_type: 'client_credentials' })).body).toEqual({
      code: 401,
      message: 'The client id or its secret is wrong.',
    });
  });

  it('is the words of RFC 6749 where the operation declares them, whatever the document does elsewhere', async () => {
    const refusal = json({ type: 'object', required: ['error'], properties: { error: { type: 'string' } } });
    await start({ extension: { errors: { body: { code: '{status}' } } }, responses: { 400: refusal } });
    expect((await ask({ grant_type: 'magic' })).body.error).toBe('unsupported_grant_type');
  });

  it('is the form of the body, and what breaks it is an invalid request', async () => {
    await start();
    const answer = await mock.fetch(
      new Request('http://mock.localhost/test/token', {
        method: 'POST',
        body: '{"grant_type":',
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect([answer.status, (await answer.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('is the scheme that is issued, where there are several', async () => {
    await start({ operation: { scheme: 'oauth' } });
    expect((await ask(password)).status).toBe(200);
    await mock.close();
    await start({ operation: { scheme: 'other' } });
    expect((await ask(password)).status).toBe(500);
  });

  it('is what a line to paste asks for, safe from the shell', async () => {
    await start({ credential: { ...demo, password: "it's ~ & $HOME" } });
    const [, fields = ''] = /^curl (.*) \S+\/test\/token$/.exec(mock.apis[0]?.curl ?? '') ?? [];
    expect(fields).toMatch(/^(-d [\w%.-]+=[\w%.-]+ ?)+$/);
    const body = Object.fromEntries(new URLSearchParams(fields.replaceAll('-d ', '').replaceAll(' ', '&')));
    expect((await ask(body)).status).toBe(200);
    await mock.close();
    await start({ credential: { clientId: 'app', clientSecret: 'app secret' } });
    expect(mock.apis[0]?.curl).toContain(
      '-d grant_type=client_credentials -d client_id=app -d client_secret=app%20secret',
    );
  });

  it('is the format of access tokens: JSON Web Tokens with the claims of the grant', async () => {
    await start({ credential: { ...demo, format: 'jwt' } });
    const { access_token } = (await ask({ ...password, scope: 'read' })).body;
    const [header, claims, signature] = access_token.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const iat = Date.parse('2026-01-31T12:00:00Z') / 1000;
    expect(read(claims)).toMatchObject({ sub: 'anna', scope: 'read', iat, exp: iat + 60 });
    expect(await call('/read', access_token)).toBe(200);
    expect(await call('/write', access_token)).toBe(403);
    const forge = (part: string) =>
      Buffer.from(JSON.stringify({ ...read(claims), scope: 'write' })).toString('base64url') + part;
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    expect(await call('/write', `${header}.${forge('')}.${signature}`)).toBe(401);
    expect(await call('/write', `${none}.${forge('')}.`)).toBe(401);
    await mock.clock.advance(60_000);
    expect(await call('/read', access_token)).toBe(401);
  });
});
