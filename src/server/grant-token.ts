import type { TokenAnswer, TokenIssuer, TokenRefusal } from '../providers/provider.ts';
import type { UnitOfWork } from '../state/unit-of-work.ts';
import type { VerifiedToken } from './access-tokens.ts';
import { type Credential, sameSecret } from './credentials.ts';

/** What makes and checks the tokens behind grants. */
interface Tokens extends Pick<TokenIssuer, 'issue'> {
  verify(token: string): VerifiedToken | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const codePrefix = 'code.';
const refreshPrefix = 'refresh.';
/** Authorization codes and refresh tokens that have been used, each once. */
const usedCollection = '_grants';
/** Seconds. */
const defaultLifetime = 3600;
const codeLifetime = 600;
const refreshLifetime = 10 * 365 * 86_400;

/** An authorization code for the demo account: good for ten minutes, once (RFC 6749, section 4.1.2). */
export function issueCode(tokens: Tokens, { scheme, scopes }: Credential, unit: UnitOfWork): string {
  return `${codePrefix}${tokens.issue(unit, { scheme, subject: 'code', scopes, expiresIn: codeLifetime })}`;
}

/** Answers a token request as RFC 6749 says, from the scheme's demo credential; refresh tokens rotate. */
export function grantToken(
  tokens: Tokens,
  credential: Credential,
  unit: UnitOfWork,
  request: Fields,
): TokenAnswer | TokenRefusal {
  const refusal = refuseClient(credential, request) ?? refuseGrant(tokens, credential, unit, request);
  if (refusal) return refusal;
  const asked =
    typeof request.scope === 'string' && request.scope !== '' ? request.scope.split(/\s+/) : undefined;
  const unknown = asked?.find((scope) => !credential.scopes.includes(scope));
  if (unknown !== undefined) return refuse('invalid_scope', `There is no scope "${unknown.slice(0, 100)}".`);
  const { expiresIn = defaultLifetime, scheme } = credential;
  const claims = { scheme, subject: credential.username ?? 'demo', scopes: asked ?? credential.scopes };
  return {
    access_token: tokens.issue(unit, { ...claims, expiresIn }),
    token_type: 'Bearer',
    expires_in: expiresIn,
    refresh_token: `${refreshPrefix}${tokens.issue(unit, { ...claims, expiresIn: refreshLifetime })}`,
    scope: claims.scopes.join(' '),
  };
}

function refuseClient({ clientId, clientSecret }: Credential, request: Fields): TokenRefusal | undefined {
  const isPassword = request.grant_type === 'password' && request.client_id === undefined;
  if (clientId === undefined || isPassword) return undefined;
  const known =
    sameSecret(String(request.client_id ?? ''), clientId) &&
    (clientSecret === undefined || sameSecret(String(request.client_secret ?? ''), clientSecret));
  return known ? undefined : refuse('invalid_client', 'The client id or its secret is wrong.');
}

function refuseGrant(
  tokens: Tokens,
  credential: Credential,
  unit: UnitOfWork,
  request: Fields,
): TokenRefusal | undefined {
  switch (request.grant_type) {
    case 'client_credentials':
      return undefined;
    case 'password': {
      const username = sameSecret(String(request.username ?? ''), credential.username ?? '');
      const password = sameSecret(String(request.password ?? ''), credential.password ?? '');
      return username && password ? undefined : refuse('invalid_grant', 'The username or password is wrong.');
    }
    case 'authorization_code':
      return refuseOnce(tokens, unit, codePrefix, request.code, 'authorization code');
    case 'refresh_token':
      return refuseOnce(tokens, unit, refreshPrefix, request.refresh_token, 'refresh token');
    default:
      return refuse('unsupported_grant_type', 'This grant type is not known.');
  }
}

/** Refuses what was not issued here, has expired by the namespace's clock, or was used before. */
function refuseOnce(
  tokens: Tokens,
  unit: UnitOfWork,
  prefix: string,
  given: unknown,
  name: string,
): TokenRefusal | undefined {
  const text = typeof given === 'string' && given.startsWith(prefix) ? given.slice(prefix.length) : '';
  const verified = tokens.verify(text);
  if (!verified || verified.expiresAt <= unit.now)
    return refuse('invalid_grant', `The ${name} is not known or has expired.`);
  const used = unit.collection(usedCollection);
  if (used.get(text)) return refuse('invalid_grant', `The ${name} was used before.`);
  used.insert(text, { id: text });
  return undefined;
}

function refuse(error: TokenRefusal['error'], error_description: string): TokenRefusal {
  return { error, error_description };
}
