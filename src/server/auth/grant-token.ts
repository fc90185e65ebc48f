import type { TokenAnswer, TokenClaims, TokenRefusal } from '../../providers/model/provider.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { TokenKind, VerifiedToken } from './access-tokens.ts';
import { type Credential, sameSecret, subjectOf } from './credentials.ts';

/** What makes and checks the tokens behind grants. */
interface Tokens {
  issue(unit: UnitOfWork, claims: TokenClaims, kind?: TokenKind): string;
  verify(token: string, kind?: TokenKind): VerifiedToken | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Who asks for which token. */
interface Asked {
  readonly credential: Credential;
  /** Whether only the credential's own client and account are granted a token; else any. */
  readonly isExact: boolean;
  readonly unit: UnitOfWork;
  /** The request's body, with the client of HTTP Basic in it. */
  readonly request: Fields;
}

/** Whether a request is granted, and for which scopes at most. */
type Verdict = TokenRefusal | { readonly scopes: readonly string[] };

const prefixes = { code: 'code.', refresh: 'refresh.' } as const;
/** Authorization codes and refresh tokens that have been used, each once. */
const usedCollection = '_grants';
/** Seconds. */
const defaultLifetime = 3600;
const codeLifetime = 600;
const refreshLifetime = 10 * 365 * 86_400;

/** The flow that a security scheme must declare for a grant; any may refresh. */
const flows: Readonly<Record<string, string | undefined>> = {
  password: 'password',
  client_credentials: 'clientCredentials',
  authorization_code: 'authorizationCode',
  refresh_token: undefined,
};

/** An authorization code for the demo account: good for ten minutes, once (RFC 6749, section 4.1.2). */
export function issueCode(tokens: Tokens, { scheme, scopes }: Credential, unit: UnitOfWork): string {
  const claims = { scheme, subject: 'code', scopes, expiresIn: codeLifetime };
  return `${prefixes.code}${tokens.issue(unit, claims, 'code')}`;
}

/** Answers a token request as RFC 6749 says, from the scheme's demo credential; refresh tokens rotate. */
export function grantToken(tokens: Tokens, asked: Asked): TokenAnswer | TokenRefusal {
  const { credential, request, unit } = asked;
  const verdict = refuseForm(asked) ?? refuseClient(asked) ?? judgeGrant(tokens, asked);
  if ('error' in verdict) return verdict;
  const scopes = narrow(verdict.scopes, request.scope);
  if ('error' in scopes) return scopes;
  const once = onceOf(request);
  if (once && once.text !== '') unit.collection(usedCollection).insert(once.text, {});
  const { expiresIn = defaultLifetime, scheme } = credential;
  const claims = { scheme, subject: subjectOf(credential), scopes: scopes.scopes };
  const refresh = { ...claims, expiresIn: refreshLifetime };
  return {
    access_token: tokens.issue(unit, { ...claims, expiresIn }),
    token_type: 'Bearer',
    expires_in: expiresIn,
    // A client that acts for itself asks anew (section 4.4.3).
    ...(request.grant_type !== 'client_credentials' && {
      refresh_token: `${prefixes.refresh}${tokens.issue(unit, refresh, 'refresh')}`,
    }),
    scope: scopes.scopes.join(' '),
  };
}

function refuseForm({ credential, request }: Asked): TokenRefusal | undefined {
  const { grant_type: grant } = request;
  if (typeof grant !== 'string' || grant === '')
    return refuse('invalid_request', 'The parameter grant_type is missing.');
  const flow = flows[grant];
  if (!Object.hasOwn(flows, grant) || (flow && credential.flows && !credential.flows.includes(flow)))
    return refuse('unsupported_grant_type', `The grant type "${grant.slice(0, 100)}" is not known here.`);
  const needed = { password: ['username', 'password'], authorization_code: ['code'], refresh_token: [grant] };
  const missing = new Map(Object.entries(needed)).get(grant)?.find((name) => textOf(request, name) === '');
  return missing === undefined
    ? undefined
    : refuse('invalid_request', `The parameter ${missing} is missing.`);
}

/** A client that has a secret must show it; a user who gives the password need not name a client. */
function refuseClient({ credential, isExact, request }: Asked): TokenRefusal | undefined {
  if (!isExact) {
    return request.grant_type === 'client_credentials' && textOf(request, 'client_id') === ''
      ? refuse('invalid_client', 'The client does not say who it is.')
      : undefined;
  }
  const { clientId, clientSecret = '' } = credential;
  if (clientId === undefined) {
    return request.grant_type === 'client_credentials'
      ? refuse('unauthorized_client', 'There is no client that may act for itself.')
      : undefined;
  }
  if (request.grant_type === 'password' && request.client_id === undefined) return undefined;
  const isKnown = sameSecret(textOf(request, 'client_id'), clientId);
  const isProven = sameSecret(textOf(request, 'client_secret'), clientSecret);
  return isKnown && (isProven || credential.clientSecret === undefined)
    ? undefined
    : refuse('invalid_client', 'The client id or its secret is wrong.');
}

function judgeGrant(tokens: Tokens, { credential, isExact, request, unit }: Asked): Verdict {
  if (request.grant_type === 'password') {
    if (!isExact) return credential;
    const username = sameSecret(textOf(request, 'username'), credential.username ?? '');
    const password = sameSecret(textOf(request, 'password'), credential.password ?? '');
    return username && password ? credential : refuse('invalid_grant', 'The username or password is wrong.');
  }
  const once = onceOf(request);
  if (!once) return credential;
  // One that was issued elsewhere is as good as any.
  if (!isExact && once.text === '') return credential;
  const verified = tokens.verify(once.text, once.kind);
  if (!verified || verified.scheme !== credential.scheme || verified.expiresAt <= unit.now)
    return refuse('invalid_grant', `The ${once.name} is not known or has expired.`);
  return unit.collection(usedCollection).get(once.text)
    ? refuse('invalid_grant', `The ${once.name} was used before.`)
    : verified;
}

/** The scopes asked for, all when none is; what was never granted cannot be had (sections 3.3 and 6). */
function narrow(granted: readonly string[], asked: unknown): Verdict {
  if (typeof asked !== 'string' || asked.trim() === '') return { scopes: granted };
  const scopes = [...new Set(asked.trim().split(/\s+/))];
  const unknown = scopes.find((scope) => !granted.includes(scope));
  if (unknown === undefined) return { scopes };
  return refuse('invalid_scope', `The scope "${unknown.slice(0, 100)}" cannot be granted.`);
}

/** What is good for one use. */
interface Once {
  readonly kind: 'code' | 'refresh';
  readonly name: string;
  /** Without its prefix; empty for one that was never issued. */
  readonly text: string;
}

function onceOf(request: Fields): Once | undefined {
  const read = (kind: Once['kind'], field: string, name: string): Once => {
    const given = textOf(request, field);
    return { kind, name, text: given.startsWith(prefixes[kind]) ? given.slice(prefixes[kind].length) : '' };
  };
  if (request.grant_type === 'authorization_code') return read('code', 'code', 'authorization code');
  return request.grant_type === 'refresh_token'
    ? read('refresh', 'refresh_token', 'refresh token')
    : undefined;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

function refuse(error: TokenRefusal['error'], error_description: string): TokenRefusal {
  return { error, error_description };
}
