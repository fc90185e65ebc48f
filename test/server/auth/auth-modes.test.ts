import { afterEach, describe, expect, it } from 'vitest';
import { createMock } from '../../../src/server/create-mock.ts';
import type { Mock } from '../../../src/server/model/mock.ts';
import type { MockOptions } from '../../../src/server/model/mock-options.ts';

let mock: Mock;
afterEach(() => mock.close());

const jwt = ['{"alg":"none"}', '{"sub":"anna"}', 'x'].map((part) => btoa(part).replaceAll('=', '')).join('.');

const schemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  digest: { type: 'http', scheme: 'digest' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'key' },
  oauth: {
    type: 'oauth2',
    flows: {
      clientCredentials: { tokenUrl: 'https://login.example.com/oauth/token', scopes: { read: 'Reads.' } },
      password: { tokenUrl: '/v1/session', scopes: {} },
    },
  },
  openId: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known/openid' },
};

/** A document with one operation for each security scheme, at `/<scheme>`. */
function secured(extension: unknown = undefined) {
  const answer = { description: 'It is.', content: { 'application/json': { example: { ok: true } } } };
  const paths = Object.fromEntries(
    Object.keys(schemes).map((name) => [
      `/${name}`,
      { get: { security: [{ [name]: [] }], responses: { 200: answer } } },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'Secured', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    paths,
    components: { securitySchemes: schemes },
    ...(extension !== undefined && { 'x-sparring': extension }),
  };
}

async function start(options: MockOptions = {}, extension?: unknown): Promise<void> {
  mock = await createMock({ apis: [{ name: 'secured', document: secured(extension) }], ...options });
}

async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  return (await mock.fetch(`/secured${path}`, { headers })).status;
}

const wellFormed: [string, string, Record<string, string>, string][] = [
  ['/bearer', 'any token', { authorization: 'Bearer abc.DEF-123_~+/==' }, 'token-'],
  ['/bearer', 'a JSON Web Token of somebody else', { authorization: `Bearer ${jwt}` }, 'anna'],
  ['/basic', 'any name and password', { authorization: `Basic ${btoa('anna:secret')}` }, 'anna'],
  ['/basic', 'a key in the place of the name', { authorization: `Basic ${btoa('sk_test_1:')}` }, 'sk_test_1'],
  [
    '/digest',
    'parameters of another scheme',
    { authorization: 'Digest username="anna", nonce="1"' },
    'token-',
  ],
  ['/header', 'any key', { 'x-key': 'key with spaces' }, 'key-'],
  ['/query?key=abc', 'any key', {}, 'key-'],
  ['/cookie', 'any key', { cookie: 'a=b; key=abc' }, 'key-'],
  ['/oauth', 'any token', { authorization: 'Bearer abc' }, 'token-'],
  ['/openId', 'any token', { authorization: 'bearer abc' }, 'token-'],
];

const malformed: [string, string, Record<string, string>][] = [
  ['/bearer', 'nothing', {}],
  ['/bearer', 'no token', { authorization: 'Bearer ' }],
  ['/bearer', 'a token in two words', { authorization: 'Bearer one two' }],
  ['/bearer', 'another scheme', { authorization: `Basic ${btoa('a:b')}` }],
  ['/basic', 'text that is no base64', { authorization: 'Basic anna:secret' }],
  ['/basic', 'no colon', { authorization: `Basic ${btoa('anna')}` }],
  ['/basic', 'neither name nor password', { authorization: `Basic ${btoa(':')}` }],
  ['/header', 'an empty key', { 'x-key': '' }],
  ['/query?key=', 'an empty key', {}],
  ['/cookie', 'another cookie', { cookie: 'a=b' }],
  ['/oauth', 'no token', {}],
];

describe('a document that names no credentials', () => {
  it.each(wellFormed)('lets in at %s: %s, and says who it is', async (path, _, headers, subject) => {
    await start();
    expect(await statusOf(path, headers)).toBe(200);
    expect(mock.journal.list({})[0]?.principal).toMatch(new RegExp(`^${subject}`));
    expect(mock.journal.list({})[0]?.principal).not.toMatch(/secret|abc/);
  });

  it.each(malformed)('refuses at %s: %s', async (path, _, headers) => {
    await start();
    expect(await statusOf(path, headers)).toBe(401);
  });

  it('takes the same credentials for the same subject, others for another', async () => {
    await start();
    for (const key of ['one', 'one', 'two']) await statusOf('/header', { 'x-key': key });
    const [one, again, two] = mock.journal.list({}).map(({ principal }) => principal);
    expect(one).toBe(again);
    expect(two).not.toBe(one);
  });

  it('still refuses a token of its own that has expired', async () => {
    await start();
    const token = await mock.fetch(
      '/secured/oauth/token',
      form({ grant_type: 'client_credentials', client_id: 'app' }),
    );
    const authorization = `Bearer ${(await token.json()).access_token}`;
    expect(await statusOf('/oauth', { authorization })).toBe(200);
    await mock.clock.advance(7_200_000);
    expect(await statusOf('/oauth', { authorization })).toBe(401);
  });

  it.each<[string, MockOptions]>([
    ['--auth strict', { auth: 'strict' }],
    ['own credentials', { credentials: { secured: { bearer: { token: 'mine' } } } }],
  ])('is exact with %s', async (_, options) => {
    await start(options);
    for (const [path, , headers] of wellFormed)
      expect([path, await statusOf(path, headers)]).toEqual([path, 401]);
    const token = options.credentials ? 'mine' : 'demo-token';
    expect(await statusOf('/bearer', { authorization: `Bearer ${token}` })).toBe(200);
  });

  it('asks for nothing with --auth off', async () => {
    await start({ auth: 'off' });
    for (const name of Object.keys(schemes)) expect(await statusOf(`/${name}`)).toBe(200);
  });
});

describe('a document that names credentials', () => {
  const extension = { credentials: { bearer: { token: 'named' } } };

  it('is exact', async () => {
    await start({}, extension);
    expect(await statusOf('/bearer', { authorization: 'Bearer other' })).toBe(401);
    expect(await statusOf('/bearer', { authorization: 'Bearer named' })).toBe(200);
  });

  it('lets any in with --auth lenient', async () => {
    await start({ auth: 'lenient' }, extension);
    expect(await statusOf('/bearer', { authorization: 'Bearer other' })).toBe(200);
    expect(await statusOf('/bearer')).toBe(401);
  });

  it.each(['hive', 'rehive', 'hover', 'authentic', 'apitree'])(
    'is exact when it is the bundled %s',
    async (name) => {
      mock = await createMock({ apis: [name] });
      expect(mock.apis.map(({ auth }) => auth)).toEqual(['strict']);
    },
  );
});

function form(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields), headers };
}

describe('the token endpoint of an OAuth flow outside the paths', () => {
  const client = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'any' };
  const user = { grant_type: 'password', username: 'anna', password: 'any' };

  it.each([
    ['/oauth/token', 'the path of another host', client],
    ['/session', 'a path below the base path of the servers', user],
    ['/v1/session', 'the whole path', user],
  ])('answers at %s: %s', async (path, _, fields) => {
    await start();
    const answer = await mock.fetch(`/secured${path}`, form(fields));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { access_token, token_type } = await answer.json();
    expect(token_type).toBe('Bearer');
    expect(await statusOf('/oauth', { authorization: `Bearer ${access_token}` })).toBe(200);
  });

  it('takes the client from HTTP Basic', async () => {
    await start();
    const headers = { authorization: `Basic ${btoa('app:secret')}` };
    const answer = await mock.fetch(
      '/secured/oauth/token',
      form({ grant_type: 'client_credentials' }, headers),
    );
    expect(answer.status).toBe(200);
  });

  it('refuses in the words of RFC 6749', async () => {
    await start();
    const answers = await Promise.all(
      [{}, { grant_type: 'client_credentials' }, { grant_type: 'magic' }].map(async (fields) => {
        const answer = await mock.fetch('/secured/oauth/token', form(fields));
        return [answer.status, (await answer.json()).error];
      }),
    );
    expect(answers).toEqual([
      [400, 'invalid_request'],
      [401, 'invalid_client'],
      [400, 'unsupported_grant_type'],
    ]);
  });

  it('is exact where credentials are', async () => {
    await start({ auth: 'strict' });
    expect((await mock.fetch('/secured/oauth/token', form(client))).status).toBe(401);
    const demo = { ...client, client_id: 'demo-client', client_secret: 'demo-secret' };
    expect((await mock.fetch('/secured/oauth/token', form(demo))).status).toBe(200);
  });
});
