import { beforeEach, expect, it } from 'vitest';
import type { Operation } from '../../../src/openapi/document/document.ts';
import { AccessTokens } from '../../../src/server/auth/access-tokens.ts';
import type { Credential } from '../../../src/server/auth/credentials.ts';
import type { Namespace } from '../../../src/state/namespace.ts';
import { loadOperation } from '../../openapi/inline-document.ts';
import { openNamespace } from '../../state/open-state.ts';

const scopes = ['read', 'write'];
const oauth: Credential = { scheme: 'oauth', clientId: 'app', scopes, flows: ['authorizationCode'] };
const other: Credential = { ...oauth, scheme: 'other' };

let namespace: Namespace;
let operation: Operation;
beforeEach(async () => {
  namespace = await openNamespace();
  ({ operation } = await loadOperation({ 'x-sparring': { scheme: 'oauth' }, responses: { 200: {} } }));
});

const tokensOf = (...credentials: Credential[]) =>
  new AccessTokens('shop', new Map(credentials.map((one) => [one.scheme, one])), scopes);
const exchange = (tokens: AccessTokens, code: string) =>
  namespace.run('shop', (unit) =>
    tokens.grant(unit, operation, { grant_type: 'authorization_code', code, client_id: 'app' }),
  );

it('exchanges an authorization code for a token, once', async () => {
  const tokens = tokensOf(oauth);
  const code = await namespace.run('shop', (unit) => tokens.issueCode(unit, 'oauth'));
  expect(await exchange(tokens, code)).toMatchObject({ token_type: 'Bearer', scope: 'read write' });
  expect(await exchange(tokens, code)).toMatchObject({ error: 'invalid_grant' });
});

it('exchanges no code that is ten minutes old', async () => {
  const tokens = tokensOf(oauth);
  const code = await namespace.run('shop', (unit) => tokens.issueCode(unit, 'oauth'));
  await namespace.clock.advance(600_000);
  expect(await exchange(tokens, code)).toMatchObject({ error: 'invalid_grant' });
});

it('exchanges no code of another scheme, and takes none for an access token', async () => {
  const tokens = tokensOf(oauth, other);
  const code = await namespace.run('shop', (unit) => tokens.issueCode(unit, 'other'));
  expect(await exchange(tokens, code)).toMatchObject({ error: 'invalid_grant' });
  expect(tokens.verify(code.replace('code.', ''))).toBeUndefined();
});

it('issues for the only OAuth 2.0 scheme where nobody says which', async () => {
  const { operation } = await loadOperation({ responses: { 200: {} } });
  const basic: Credential = { scheme: 'basic', username: 'anna', scopes };
  expect(tokensOf(basic, oauth).credentialOf(operation)).toBe(oauth);
  expect(tokensOf(oauth, other).credentialOf(operation)).toBeUndefined();
  expect(tokensOf(oauth, { ...other, issuedBy: 'test' }).credentialOf(operation)?.scheme).toBe('other');
});
