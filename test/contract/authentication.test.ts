import { describe, expect, it } from 'vitest';
import { tamper } from '../../src/contract/execute/credentials/tamper.ts';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const answered = { '200': { description: 'Fine.' }, '401': { description: 'Who are you?' } };
const secured = (operationId: string, security: object[]) => ({
  get: { operationId, security, responses: answered },
});
const document = await loadDocument({
  name: 'vault',
  document: {
    openapi: '3.1.0',
    info: { title: 'Vault', version: '1' },
    paths: {
      '/both': secured('readBoth', [{ token: [], key: [] }]),
      '/either': secured('readEither', [{ pair: [] }, { key: [] }]),
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        pair: { type: 'http', scheme: 'basic' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    },
  },
});

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
const pair = Buffer.from('ann:secret').toString('base64');

/** What a server that reads credentials may get wrong. */
interface Flaws {
  readonly isToken?: (value: string) => boolean;
  readonly isKey?: (value: string | null, url: URL) => boolean;
  readonly isPair?: (value: string) => boolean;
  readonly word?: RegExp;
  readonly both?: 'token' | 'key';
}

function vault({ both, isKey, isPair, isToken, word = /^(?:Bearer|Basic) / }: Flaws) {
  return (request: Request): Response => {
    const url = new URL(request.url);
    const authorization = request.headers.get('authorization') ?? '';
    const value = word.test(authorization) ? authorization.replace(/^\S+ /, '') : '';
    const sentKey = request.headers.get('x-key');
    const holds = {
      token: isToken?.(value) ?? value === token,
      key: isKey?.(sentKey, url) ?? sentKey === 'vault-key-1',
      pair: isPair?.(value) ?? (value === pair && authorization.startsWith('Basic')),
    };
    const isIn = url.pathname.endsWith('/both')
      ? both === undefined
        ? holds.token && holds.key
        : holds[both]
      : holds.pair || holds.key;
    return new Response(null, { status: isIn ? 200 : 401 });
  };
}

async function testVault(flaws: Flaws, url = 'http://127.0.0.1:1'): Promise<RunReport> {
  const credentials = { bearer: token, basic: 'ann:secret', apiKeys: { key: 'vault-key-1' } };
  const options = { credentials, workers: 1, phases: ['examples', 'authentication'] as const };
  return runContract(document, fetchTransport(vault(flaws), url), options);
}

function letIn({ verdicts }: RunReport, onlyFatal = true): readonly string[] {
  return verdicts
    .filter(({ fatal, outcome }) => (onlyFatal ? fatal : outcome === 'failed'))
    .map((verdict) => verdict.case.replace('/authentication/', ' '));
}

describe('authentication', () => {
  it('is tried in every way that its schemes know, and raises no alarm where it is enforced', async () => {
    const report = await testVault({});
    expect(letIn(report, false)).toEqual([]);
    expect(report.counts.notRun).toBe(0);
    const tried = report.runs.map((run) => run.case.id).filter((id) => id.includes('/authentication/'));
    expect(tried).toEqual([
      'readBoth/authentication/none',
      ...['wrong', 'tampered', 'wrong-scheme', 'empty'].map(
        (use) => `readBoth/authentication/${use}-0-token`,
      ),
      ...['wrong', 'tampered', 'empty', 'misplaced'].map((use) => `readBoth/authentication/${use}-0-key`),
      'readBoth/authentication/partial-0-token',
      'readBoth/authentication/partial-0-key',
      'readEither/authentication/none',
      ...['wrong', 'wrong-password', 'wrong-scheme', 'empty'].map(
        (use) => `readEither/authentication/${use}`,
      ),
      ...['wrong', 'tampered', 'empty', 'misplaced'].map((use) => `readEither/authentication/${use}-1-key`),
    ]);
  });

  it.each<[string, Flaws, readonly string[]]>([
    [
      'does not check signatures',
      { isToken: (value) => value.startsWith(token.slice(0, 40)) },
      ['readBoth tampered-0-token'],
    ],
    [
      'takes any password',
      { isPair: (value) => Buffer.from(value, 'base64').toString().startsWith('ann:') },
      ['readEither wrong-password'],
    ],
    [
      'takes an empty key',
      { isKey: (value) => value === 'vault-key-1' || value === '' },
      ['readBoth empty-0-key', 'readEither empty-1-key'],
    ],
    [
      'looks only at the token where a key is needed too',
      { both: 'token' },
      ['readBoth wrong-0-key', 'readBoth tampered-0-key', 'readBoth empty-0-key', 'readBoth partial-0-key'],
    ],
    [
      'compares the start of a key',
      { isKey: (value) => value?.startsWith('vault-key') === true },
      ['readBoth tampered-0-key', 'readEither tampered-1-key'],
    ],
  ])('is found not to be enforced by a server that %s', async (_, flaws, expected) => {
    expect(letIn(await testVault(flaws))).toEqual(expected);
  });

  it('only notes who lets in the right value under another scheme or in another place', async () => {
    const lax = await testVault({
      word: /^\S+ /,
      isKey: (value, url) => (value ?? url.searchParams.get('X-Key')) === 'vault-key-1',
    });
    expect(letIn(lax)).toEqual([]);
    expect(letIn(lax, false)).toEqual([
      'readBoth wrong-scheme-0-token',
      'readBoth misplaced-0-key',
      'readEither misplaced-1-key',
    ]);
  });

  it('is tried once in each way on a server elsewhere, with no wrong password and no key in an address', async () => {
    const report = await testVault({}, 'https://vault.example.com');
    expect(letIn(report, false)).toEqual([]);
    const reasons = report.notRun.map(
      ({ case: id, reason }) => `${id.replace('/authentication/', ' ')}: ${reason}`,
    );
    expect(reasons).toContain(
      'readEither wrong-password: a wrong password could lock an account that somebody uses',
    );
    expect(reasons.filter((line) => line.includes('misplaced'))).toHaveLength(2);
    const shown = JSON.stringify(report.verdicts);
    for (const secret of [token, 'vault-key-1', pair]) expect(shown).not.toContain(secret);
  });

  it('changes one character of a token, in the signature of a signed one', () => {
    for (const value of [token, 'vault-key-1', 'a', 'c2VjcmV0LXNlY3JldC1zZWNyZXQ=', '0099']) {
      const spoiled = tamper(value);
      expect(spoiled).toHaveLength(value.length);
      expect([...spoiled].filter((webhook, index) => webhook !== value[index])).toHaveLength(1);
    }
    expect(tamper(token).split('.').slice(0, 2)).toEqual(token.split('.').slice(0, 2));
  });
});
