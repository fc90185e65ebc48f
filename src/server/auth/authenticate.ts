import type { OpenAPIV3_1 } from 'openapi-types';
import { SparringError } from '../../errors.ts';
import type { SecurityAlternative } from '../../openapi/document/document.ts';
import type { Principal } from '../../providers/model/provider.ts';
import type { RequestHeaders } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { AuthMode } from './auth-mode.ts';
import { basicPair, schemeValue } from './basic-pair.ts';
import { type Credential, sameSecret, subjectOf } from './credentials.ts';
import { subjectOfAny } from './subject-of-any.ts';

/** What authentication needs to know of an API. */
export interface Authority {
  readonly schemes: Readonly<Record<string, OpenAPIV3_1.SecuritySchemeObject>>;
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly tokens: AccessTokens;
  readonly auth: AuthMode;
}

/** What of a request shows who is asking. */
export interface PresentedCredentials {
  readonly headers: RequestHeaders;
  readonly query: string;
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly now: number;
}

type Outcome =
  | { readonly principal: Principal }
  /** `missing`: nothing of this scheme was sent, so that another scheme's refusal tells more. `unknown`: it is not the one that is expected. */
  | {
      readonly refusal: string;
      readonly forbidden?: boolean;
      readonly missing?: boolean;
      readonly unknown?: boolean;
    };

/**
 * Finds the first alternative of an operation's security that the request satisfies.
 *
 * @returns who is asking, or undefined where the operation is open to all.
 * @throws SparringError `unauthorized` (401 with `www-authenticate`, RFC 9110 section 11.6.1) or `forbidden` (a scope is missing).
 */
export function authenticate(
  authority: Authority,
  security: readonly SecurityAlternative[],
  presented: PresentedCredentials,
): Principal | undefined {
  if (security.length === 0) return undefined;
  if (authority.auth === 'off') return anybody(authority, security);
  let refused: Extract<Outcome, { refusal: string }> | undefined;
  for (const alternative of security) {
    if (alternative.length === 0) return undefined;
    const outcome = tryAlternative(authority, alternative, presented);
    if ('principal' in outcome) return outcome.principal;
    if (!refused || refused.missing || outcome.forbidden) refused = outcome;
  }
  const message = refused?.refusal ?? 'No credentials were sent.';
  if (refused?.forbidden) throw new SparringError('forbidden', message);
  throw new SparringError('unauthorized', message, {
    headers: { 'www-authenticate': challenge(authority, security) },
  });
}

function tryAlternative(
  authority: Authority,
  alternative: SecurityAlternative,
  presented: PresentedCredentials,
): Outcome {
  let outcome: Outcome = { refusal: 'No credentials were sent.' };
  for (const { scheme, scopes } of alternative) {
    outcome = tryScheme(authority, scheme, presented);
    if ('refusal' in outcome) return outcome;
    const { principal } = outcome;
    const missing = scopes.filter((scope) => !principal.scopes.includes(scope));
    if (missing.length > 0) {
      return { refusal: `The token lacks the scope ${missing.join(', ')}.`, forbidden: true };
    }
  }
  return outcome;
}

/** Who is asking where nobody is asked to show anything: the demo account. */
function anybody(
  { credentials }: Authority,
  security: readonly SecurityAlternative[],
): Principal | undefined {
  if (security.some((alternative) => alternative.length === 0)) return undefined;
  const names = security.flat().map(({ scheme }) => scheme);
  const credential = names.map((name) => credentials.get(name)).find((known) => known !== undefined);
  return credential && principalOf(credential);
}

function tryScheme(authority: Authority, scheme: string, presented: PresentedCredentials): Outcome {
  const definition = authority.schemes[scheme];
  const credential = authority.credentials.get(scheme);
  if (!definition || !credential) return { refusal: `The security scheme "${scheme}" is not defined.` };
  const outcome = tryExact(authority, definition, credential, presented);
  if (authority.auth === 'strict' || 'principal' in outcome) return outcome;
  // A certificate is shown below HTTP, where a mock cannot see it.
  const kind: string = definition.type;
  if (kind === 'mutualTLS') return { principal: principalOf(credential) };
  if (!outcome.unknown) return outcome;
  const subject = subjectOfAny(definition, presentedFor(definition, presented));
  return subject === undefined
    ? { refusal: `${outcome.refusal} It is not well-formed either.` }
    : { principal: { ...principalOf(credential), subject } };
}

/** The text that was sent for a scheme: an API key, or what follows the scheme's word in the Authorization header. */
function presentedFor(
  definition: OpenAPIV3_1.SecuritySchemeObject,
  presented: PresentedCredentials,
): string | undefined {
  if (definition.type === 'apiKey') return apiKeyOf(definition, presented);
  const word = definition.type === 'http' ? definition.scheme : 'Bearer';
  return schemeValue(presented.headers, word.toLowerCase());
}

function tryExact(
  authority: Authority,
  definition: OpenAPIV3_1.SecuritySchemeObject,
  credential: Credential,
  presented: PresentedCredentials,
): Outcome {
  if (definition.type === 'apiKey') return tryApiKey(definition, credential, presented);
  if (definition.type === 'http' && definition.scheme.toLowerCase() === 'basic')
    return tryBasic(credential, presented);
  const word = definition.type === 'http' ? definition.scheme : 'Bearer';
  return tryToken(authority, credential, presented, word);
}

function tryApiKey(
  definition: OpenAPIV3_1.ApiKeySecurityScheme,
  credential: Credential,
  presented: PresentedCredentials,
): Outcome {
  const given = apiKeyOf(definition, presented);
  if (given === undefined)
    return {
      refusal: `The ${definition.in} parameter "${definition.name}" with the API key is missing.`,
      missing: true,
    };
  if (!sameSecret(given, credential.token ?? ''))
    return { refusal: `The API key in "${definition.name}" is not known.`, unknown: true };
  return { principal: principalOf(credential) };
}

function apiKeyOf(
  definition: OpenAPIV3_1.ApiKeySecurityScheme,
  presented: PresentedCredentials,
): string | undefined {
  if (definition.in === 'query')
    return new URLSearchParams(presented.query).get(definition.name) ?? undefined;
  if (definition.in === 'header') return headerOf(presented.headers, definition.name.toLowerCase());
  const pairs = (headerOf(presented.headers, 'cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${definition.name}=`))?.slice(definition.name.length + 1);
}

/** RFC 7617: the credentials are the base64 of `username:password`; anything else, un-encoded text included, is refused. */
function tryBasic(credential: Credential, presented: PresentedCredentials): Outcome {
  if (schemeValue(presented.headers, 'basic') === undefined)
    return { refusal: 'The Authorization header with Basic credentials is missing.', missing: true };
  const given = basicPair(headerOf(presented.headers, 'authorization'));
  if (!given)
    return { refusal: 'Basic credentials are the base64 of "key:secret"; these do not decode to that.' };
  const username = sameSecret(given.username, credential.username ?? '');
  const password = sameSecret(given.password, credential.password ?? '');
  return username && password
    ? { principal: principalOf(credential) }
    : { refusal: 'The username or password is wrong.', unknown: true };
}

/** A token after the word of its scheme: Bearer, or another that the document names, such as OAuth. */
function tryToken(
  authority: Authority,
  credential: Credential,
  presented: PresentedCredentials,
  word: string,
): Outcome {
  const token = schemeValue(presented.headers, word.toLowerCase());
  if (token === undefined)
    return {
      refusal: `The Authorization header with a ${capitalised(word)} token is missing.`,
      missing: true,
    };
  const verified = authority.tokens.verify(token);
  if (verified && isFor(authority, credential, verified.scheme)) {
    if (presented.now >= verified.expiresAt) return { refusal: 'The access token has expired.' };
    return { principal: verified };
  }
  if (credential.token !== undefined && sameSecret(token, credential.token))
    return { principal: principalOf(credential) };
  return { refusal: 'The access token is not known.', unknown: true };
}

/** Whether tokens of a scheme hold for another: where one operation issues both. */
function isFor({ credentials }: Authority, { issuedBy, scheme }: Credential, issued: string): boolean {
  return issued === scheme || (issuedBy !== undefined && credentials.get(issued)?.issuedBy === issuedBy);
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function principalOf(credential: Credential): Principal {
  return { scheme: credential.scheme, subject: subjectOf(credential), scopes: credential.scopes };
}

function challenge(authority: Authority, security: readonly SecurityAlternative[]): string {
  const names = security.flat().map(({ scheme }) => {
    const definition = authority.schemes[scheme];
    return definition?.type === 'http' ? capitalised(definition.scheme) : 'Bearer';
  });
  return [...new Set(names)].map((name) => `${name} realm="sparring"`).join(', ');
}
