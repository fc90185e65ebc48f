import type { OpenAPIV3_1 } from 'openapi-types';
import type { ApiDocument, Operation } from '../../openapi/document.ts';
import type { CredentialExtension } from '../../openapi/extension.ts';
import { insufficientScope } from '../plan/insufficient-scope.ts';
import type { CredentialUse } from '../types.ts';
import { createIssuedTokens } from './issued-tokens.ts';
import type { Transport } from './transport.ts';

/** What the user gives to be let in. */
export interface CredentialOptions {
  readonly bearer?: string | undefined;
  /** `user:password`. */
  readonly basic?: string | undefined;
  /** By the name of the parameter or of the security scheme. */
  readonly apiKeys?: Readonly<Record<string, string>> | undefined;
  /** Header fields sent with every request that carries credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** By security scheme; over the document's own. */
  readonly schemes?: Readonly<Record<string, CredentialExtension>> | undefined;
}

/** What a request must carry. */
export interface Presentation {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** Names of the headers and query parameters above. */
  readonly secrets: readonly string[];
}

export interface Credentials {
  /** What to send with a request; `missing` says why there is nothing. */
  present(
    operation: Operation,
    use: CredentialUse,
    namespace: string | undefined,
  ): Promise<Presentation | { readonly missing: string }>;
  /** Forgets issued tokens, since a clock was moved on. */
  forget(namespace: string | undefined): void;
}

export interface CredentialMeans {
  readonly document: ApiDocument;
  readonly transport: Transport;
  readonly options: CredentialOptions;
  /** Whether the demo credentials that the document states hold: on this machine. */
  readonly demo: boolean;
  /** Whether those hold that a mock has where the document states none. */
  readonly isMock: boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

/** How credentials are to be shown. */
interface Manner {
  readonly use: CredentialUse;
  readonly scopes: readonly string[] | undefined;
  readonly namespace: string | undefined;
}

const nothing: Presentation = { headers: {}, query: [], secrets: [] };

/** Presents credentials for every kind of security scheme. */
export function createCredentials(means: CredentialMeans): Credentials {
  const { document, options } = means;
  const tokens = createIssuedTokens(means, async (operation, namespace) => {
    const presented = await present(operation, 'valid', namespace);
    return 'missing' in presented ? undefined : presented;
  });

  async function presentScheme(name: string, manner: Manner): Promise<Presentation | undefined> {
    const definition = document.securitySchemes[name];
    const credential = credentialOf(means, name);
    if (!definition) return undefined;
    if (definition.type === 'apiKey') return presentKey(means, name, definition, credential, manner.use);
    const word = definition.type === 'http' ? capitalised(definition.scheme) : 'Bearer';
    if (word === 'Basic') return presentPair(means, credential, manner.use);
    const token = await tokenFor(name, credential, manner);
    return token === undefined ? undefined : authorization(`${word} ${token}`);
  }

  async function tokenFor(
    scheme: string,
    credential: CredentialExtension,
    { namespace, scopes, use }: Manner,
  ): Promise<string | undefined> {
    if (use === 'wrong') return 'sparring-wrong-token';
    // What is known beforehand neither expires nor has other scopes at will.
    const isPlain = scopes === undefined && use !== 'expired';
    const known = options.bearer ?? credential.token;
    if (isPlain && known !== undefined) return known;
    const account = accountOf(means, scheme, credential);
    const issued = await tokens.tokenOf({ scheme, credential: account, scopes, namespace });
    const fallback = means.isMock && isPlain && credential.issuedBy === undefined ? 'demo-token' : undefined;
    return issued ?? fallback;
  }

  async function present(
    operation: Operation,
    use: CredentialUse,
    namespace: string | undefined,
  ): Promise<Presentation | { readonly missing: string }> {
    const { security } = operation;
    if (use === 'none' || security.length === 0) return nothing;
    const weak = use === 'without-scope' ? insufficientScope(document, security) : undefined;
    if (use === 'without-scope' && weak === undefined) return { missing: 'no scope is too little for it' };
    const manner = { use, namespace, scopes: weak === undefined ? undefined : [weak] };
    for (const alternative of security) {
      const parts = await Promise.all(alternative.map(({ scheme }) => presentScheme(scheme, manner)));
      const known = parts.filter((part) => part !== undefined);
      if (known.length === parts.length) return joined(known, use === 'valid' ? options.headers : undefined);
    }
    if (options.headers && use === 'valid') return joined([], options.headers);
    const names = [...new Set(security.flat().map(({ scheme }) => scheme))].join(' or ');
    return { missing: `there are no ${use === 'valid' ? '' : `${use} `}credentials for ${names}` };
  }

  return { present, forget: tokens.forget };
}

/** What is known of a scheme's account: the user's own, on this machine the document's as well. */
function credentialOf({ demo, document, options }: CredentialMeans, scheme: string): CredentialExtension {
  const own = options.schemes?.[scheme] ?? {};
  const shown = document.extension.credentials?.[scheme] ?? {};
  if (demo) return { ...shown, ...own };
  // How tokens are got holds anywhere, secrets of the mock do not.
  return { ...(shown.issuedBy !== undefined && { issuedBy: shown.issuedBy }), ...own };
}

/** One operation may issue the tokens of several schemes, with the account of one. */
function accountOf(
  means: CredentialMeans,
  scheme: string,
  credential: CredentialExtension,
): CredentialExtension {
  if (credential.username !== undefined || credential.clientId !== undefined) return credential;
  const other = Object.keys(means.document.securitySchemes)
    .filter((name) => name !== scheme)
    .map((name) => credentialOf(means, name))
    .find(({ issuedBy, username }) => issuedBy === credential.issuedBy && username !== undefined);
  return { ...other, ...credential };
}

function presentKey(
  { isMock, options }: CredentialMeans,
  scheme: string,
  { in: place, name }: OpenAPIV3_1.ApiKeySecurityScheme,
  credential: CredentialExtension,
  use: CredentialUse,
): Presentation | undefined {
  const known = options.apiKeys?.[name] ?? options.apiKeys?.[scheme] ?? credential.token;
  const given = use === 'wrong' ? 'sparring-wrong-key' : known;
  const key = given ?? (isMock ? 'demo-token' : undefined);
  if (key === undefined || use === 'expired' || use === 'without-scope') return undefined;
  if (place === 'query') return { headers: {}, query: [[name, key]], secrets: [name] };
  if (place === 'header')
    return { headers: { [name.toLowerCase()]: key }, query: [], secrets: [name.toLowerCase()] };
  return { headers: { cookie: `${name}=${encodeURIComponent(key)}` }, query: [], secrets: ['cookie'] };
}

/** RFC 7617. */
function presentPair(
  { demo, isMock, options }: CredentialMeans,
  { password = '', username }: CredentialExtension,
  use: CredentialUse,
): Presentation | undefined {
  const stated = username === undefined ? undefined : `${username}:${password}`;
  const known = options.basic ?? stated ?? (isMock ? 'demo:demo-secret' : undefined);
  // Wrong passwords of a real account could lock it.
  const [user = 'sparring'] = demo && known !== undefined ? known.split(':', 1) : [];
  const pair = use === 'wrong' ? `${user}:sparring-wrong` : known;
  if (pair === undefined || use === 'expired' || use === 'without-scope') return undefined;
  return authorization(`Basic ${Buffer.from(pair).toString('base64')}`);
}

function authorization(value: string): Presentation {
  return { headers: { authorization: value }, query: [], secrets: ['authorization'] };
}

function joined(parts: readonly Presentation[], more: Readonly<Record<string, string>> = {}): Presentation {
  const own = Object.fromEntries(Object.entries(more).map(([name, value]) => [name.toLowerCase(), value]));
  const cookies = parts.flatMap(({ headers }) => headers.cookie ?? []);
  return {
    headers: {
      ...Object.assign({}, ...parts.map(({ headers }) => headers)),
      ...(cookies.length > 1 && { cookie: cookies.join('; ') }),
      ...own,
    },
    query: parts.flatMap(({ query }) => query),
    secrets: [...parts.flatMap(({ secrets }) => secrets), ...Object.keys(own)],
  };
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
