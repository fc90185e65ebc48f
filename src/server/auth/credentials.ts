import { hash, timingSafeEqual } from 'node:crypto';
import type { OpenAPIV3_1 } from 'openapi-types';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { CredentialExtension } from '../../openapi/document/extension.ts';
import { privateCredential } from './private-credential.ts';

/** What a security scheme accepts, and what the start table shows for it. */
export interface Credential extends CredentialExtension {
  readonly scheme: string;
  /** What the demo account may do; by default all that the document names. */
  readonly scopes: readonly string[];
  /** The flows that an OAuth 2.0 scheme declares; undefined for other schemes. */
  readonly flows?: readonly string[];
}

/** What stands for a scheme that nobody has named credentials for. */
const fallbacks = {
  basic: { username: 'demo', password: 'demo-secret' },
  token: { token: 'demo-token' },
  oauth: {
    username: 'demo',
    password: 'demo-secret',
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    token: 'demo-token',
  },
};

/**
 * Credentials by security scheme; `overrides` (flags, environment, configuration) win over the document's `x-sparring`. With a
 * `secret`, all that was not given so is made from it: what stands in a document is known to everybody who has it.
 *
 * @throws SparringError `config-invalid` for a scheme that the document does not have.
 */
export function credentialsOf(
  document: ApiDocument,
  overrides: Readonly<Record<string, CredentialExtension>> = {},
  secret?: string,
): ReadonlyMap<string, Credential> {
  const credentials = new Map<string, Credential>();
  const scopes = allScopes(document);
  const schemes = Object.keys(document.securitySchemes);
  const unknown = Object.keys(overrides).find((scheme) => !schemes.includes(scheme));
  if (unknown !== undefined) throw unknownScheme(document.name, unknown, schemes);
  for (const [scheme, definition] of Object.entries(document.securitySchemes)) {
    const given = { ...document.extension.credentials?.[scheme], ...overrides[scheme] };
    const known = isSet(given) ? given : fallbackFor(definition);
    credentials.set(scheme, {
      scheme,
      ...(secret === undefined
        ? known
        : privateCredential(known, overrides[scheme], `${secret}/${document.name}/${scheme}`)),
      scopes: given.scopes ?? scopes,
      ...(definition.type === 'oauth2' && { flows: Object.keys(definition.flows) }),
    });
  }
  return credentials;
}

function fallbackFor(definition: OpenAPIV3_1.SecuritySchemeObject): CredentialExtension {
  if (definition.type === 'oauth2') return fallbacks.oauth;
  const isBasic = definition.type === 'http' && definition.scheme.toLowerCase() === 'basic';
  return isBasic ? fallbacks.basic : fallbacks.token;
}

function unknownScheme(api: string, name: string, known: readonly string[]): SparringError {
  const guess = nearest(name, known);
  return new SparringError('config-invalid', `${api} has no security scheme "${name}".`, {
    next: guess ? `Did you mean ${api}.${guess}?` : `Its security schemes: ${known.join(', ') || 'none'}.`,
  });
}

function isSet(credential: CredentialExtension): boolean {
  return (
    credential.username !== undefined ||
    credential.token !== undefined ||
    credential.issuedBy !== undefined ||
    credential.clientId !== undefined
  );
}

/** Whom a credential speaks for. */
export function subjectOf({ clientId, username }: Credential): string {
  return username ?? clientId ?? 'demo';
}

/** Compares two secrets in a time that depends on neither's content. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

/** Every scope the document names: in OAuth2 flows and in security requirements. */
export function allScopes(document: ApiDocument): readonly string[] {
  const scopes = new Set<string>();
  for (const scheme of Object.values(document.securitySchemes)) {
    if (scheme.type !== 'oauth2') continue;
    for (const flow of Object.values(scheme.flows)) {
      for (const scope of Object.keys(flow?.scopes ?? {})) scopes.add(scope);
    }
  }
  const requirements = [document.root, ...document.operations.map(({ definition }) => definition)];
  for (const requirement of requirements.flatMap(({ security }) => security ?? [])) {
    for (const named of Object.values(requirement)) for (const scope of named) scopes.add(scope);
  }
  return [...scopes];
}
