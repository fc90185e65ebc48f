import { describe, expect, it } from 'vitest';
import {
  type CredentialOptions,
  createCredentials,
} from '../../src/contract/execute/credentials/credentials.ts';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import type { Operation } from '../../src/openapi/document/document.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const secured = (name: string) => ({
  get: { operationId: name, security: [{ [name]: [] }], responses: { '200': { description: 'Fine.' } } },
});
const document = await loadDocument({
  name: 'secured',
  document: {
    openapi: '3.1.0',
    info: { title: 'Secured', version: '1' },

    paths: Object.fromEntries(
      ['basic', 'bearer', 'header', 'query', 'cookie', 'oauth'].map((name) => [`/${name}`, secured(name)]),
    ),
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer' },
        header: { type: 'apiKey', in: 'header', name: 'X-Key' },
        query: { type: 'apiKey', in: 'query', name: 'key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: 'https://auth.example.com/token', scopes: { read: 'Read.' } },
          },
        },
      },
    },
  },
});

function operation(name: string): Operation {
  const found = document.operationsById.get(name);
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
}

function credentialsFor(options: CredentialOptions, now = () => 0) {
  const asked: string[] = [];
  const transport = fetchTransport(async (request) => {
    asked.push(`${request.method} ${request.url} ${await request.text()}`);
    return Response.json({ access_token: `token-${asked.length}`, expires_in: 100 });
  }, 'https://api.example.com');
  const means = { document, transport, options, demo: false, isMock: false, now };
  return { asked, credentials: createCredentials(means) };
}

describe('credentials', () => {
  const options = {
    basic: 'me:word',
    bearer: 'secret',
    apiKeys: { 'X-Key': 'k1', query: 'k2', session: 'k 3' },
  };

  it.each([
    ['basic', { authorization: `Basic ${Buffer.from('me:word').toString('base64')}` }, []],
    ['bearer', { authorization: 'Bearer secret' }, []],
    ['header', { 'x-key': 'k1' }, []],
    ['query', {}, [['key', 'k2']]],
    ['cookie', { cookie: 'session=k%203' }, []],
  ])('of the kind %s are shown where the scheme says', async (name, headers, query) => {
    const { credentials } = credentialsFor(options);
    expect(await credentials.present(operation(name), 'valid', undefined)).toMatchObject({ headers, query });
    expect(await credentials.present(operation(name), 'none', undefined)).toMatchObject({
      headers: {},
      query: [],
    });
    const wrong = JSON.stringify(await credentials.present(operation(name), 'wrong', undefined));
    for (const secret of ['secret', 'k1', 'k2', 'k%203', 'word', 'me:'])
      expect(wrong).not.toContain(`"${secret}"`);
    expect(wrong).toMatch(/wrong|Basic/);
  });

  it('are missing where nothing was given', async () => {
    const { credentials } = credentialsFor({});
    expect(await credentials.present(operation('header'), 'valid', undefined)).toEqual({
      missing: 'there are no credentials for header',
    });
  });

  it('are got from the token URL, kept, and got anew before they expire', async () => {
    let now = 0;
    const client = { clientId: 'me', clientSecret: 'mine' };
    const { asked, credentials } = credentialsFor({ schemes: { oauth: client } }, () => now);
    const shown = async () =>
      JSON.stringify(await credentials.present(operation('oauth'), 'valid', undefined));
    expect(await shown()).toContain('Bearer token-1');
    now = 80_000;
    expect(await shown()).toContain('Bearer token-1');
    now = 95_000;
    expect(await shown()).toContain('Bearer token-2');
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBe(
      'POST https://auth.example.com/token grant_type=client_credentials&client_id=me&client_secret=mine',
    );
  });
});
