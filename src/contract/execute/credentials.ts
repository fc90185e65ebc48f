import type { ApiDocument, Operation } from '../../openapi/document.ts';
import type { CredentialExtension } from '../../openapi/extension.ts';
import { isObject } from '../../openapi/is-object.ts';
import { insufficientScope } from '../plan/insufficient-scope.ts';
import { serialise } from '../serialise.ts';
import type { CredentialUse, RequestTemplate } from '../types.ts';
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

interface CredentialMeans {
  readonly document: ApiDocument;
  readonly transport: Transport;
  readonly options: CredentialOptions;
  /** Whether the demo credentials that the document states hold: on this machine. */
  readonly demo: boolean;
  /** Whether those hold that a mock has where the document states none. */
  readonly isMock: boolean;
  readonly now: () => number;
}

const nothing: Presentation = { headers: {}, query: [], secrets: [] };

/** Presents credentials for every kind of security scheme; issued tokens are kept until they are about to expire. */
export function createCredentials(means: CredentialMeans): Credentials {
  const { demo, document, isMock, options, transport } = means;
  const tokens = new Map<string, Promise<{ readonly token: string; readonly until: number } | undefined>>();

  function credentialOf(scheme: string): CredentialExtension {
    const own = options.schemes?.[scheme] ?? {};
    const shown = document.extension.credentials?.[scheme] ?? {};
    if (demo) return { ...shown, ...own };
    // How tokens are got holds anywhere, secrets of the mock do not.
    return { ...(shown.issuedBy !== undefined && { issuedBy: shown.issuedBy }), ...own };
  }

  async function presentScheme(
    name: string,
    use: CredentialUse,
    scopes: readonly string[] | undefined,
    namespace: string | undefined,
  ): Promise<Presentation | undefined> {
    const definition = document.securitySchemes[name];
    const credential = credentialOf(name);
    const isWrong = use === 'wrong';
    if (!definition) return undefined;
    if (definition.type === 'apiKey') {
      const given = options.apiKeys?.[definition.name] ?? options.apiKeys?.[name] ?? credential.token;
      const key = isWrong ? 'sparring-wrong-key' : (given ?? (isMock ? 'demo-token' : undefined));
      if (key === undefined) return undefined;
      if (definition.in === 'query')
        return { headers: {}, query: [[definition.name, key]], secrets: [definition.name] };
      const field = definition.in === 'cookie' ? 'cookie' : definition.name.toLowerCase();
      const value = definition.in === 'cookie' ? `${definition.name}=${encodeURIComponent(key)}` : key;
      return { headers: { [field]: value }, query: [], secrets: [field] };
    }
    const word = definition.type === 'http' ? capitalised(definition.scheme) : 'Bearer';
    if (word === 'Basic') {
      const pair = options.basic ?? pairOf(credential) ?? (isMock ? 'demo:demo-secret' : undefined);
      if (pair === undefined && !isWrong) return undefined;
      // Wrong passwords of a real account could lock it.
      const [user = 'sparring'] = demo && pair !== undefined ? pair.split(':', 1) : [];
      return authorization(
        `Basic ${Buffer.from(isWrong ? `${user}:sparring-wrong` : (pair ?? '')).toString('base64')}`,
      );
    }
    if (isWrong) return authorization(`${word} sparring-wrong-token`);
    const fixed = options.bearer ?? credential.token;
    if (fixed !== undefined && scopes === undefined && use !== 'expired')
      return authorization(`${word} ${fixed}`);
    const issued = await tokenOf(name, credential, scopes, namespace);
    if (issued !== undefined) return authorization(`${word} ${issued}`);
    return isMock && credential.issuedBy === undefined && scopes === undefined && use !== 'expired'
      ? authorization(`${word} demo-token`)
      : undefined;
  }

  async function tokenOf(
    scheme: string,
    credential: CredentialExtension,
    scopes: readonly string[] | undefined,
    namespace: string | undefined,
  ): Promise<string | undefined> {
    const key = JSON.stringify([namespace ?? '', scheme, scopes ?? []]);
    const known = await tokens.get(key);
    if (known && known.until > means.now()) return known.token;
    const fresh = requestToken(scheme, credential, scopes, namespace);
    tokens.set(key, fresh);
    return (await fresh)?.token;
  }

  async function requestToken(
    scheme: string,
    credential: CredentialExtension,
    scopes: readonly string[] | undefined,
    namespace: string | undefined,
  ) {
    const operation = document.operationsById.get(credential.issuedBy ?? '');
    const url = operation ? undefined : tokenUrlOf(document, scheme);
    if (!operation && url === undefined) return undefined;
    const grant = grantOf(sharedAccount(scheme, credential), options, scopes);
    const form = new URLSearchParams(grant).toString();
    const isForm = operation === undefined || operation.requestBody !== undefined;
    if (isForm && Object.keys(grant).length === 0) return undefined;
    const own =
      operation && operation.security.length > 0 ? await present(operation, 'valid', namespace) : nothing;
    if ('missing' in own) return undefined;
    const written = operation && serialise(document, operation, bare(operation));
    const { response } = await transport.send({
      method: operation?.method.toUpperCase() ?? 'POST',
      url: url ?? `${transport.url}${written?.target}`,
      headers: {
        accept: 'application/json',
        ...(isForm && bodyHeaders(operation)),
        ...(namespace !== undefined && { 'sparring-namespace': namespace }),
        ...own.headers,
      },
      body: isForm ? (takesForm(operation) ? form : JSON.stringify(grant)) : undefined,
    });
    const body = response?.json?.value;
    if (!response || response.status >= 300 || !isObject(body) || typeof body.access_token !== 'string')
      return undefined;
    const lifetime = typeof body.expires_in === 'number' ? body.expires_in : 300;
    return { token: body.access_token, until: means.now() + lifetime * 900 };
  }

  /** One operation may issue the tokens of several schemes, with the account of one. */
  function sharedAccount(scheme: string, credential: CredentialExtension): CredentialExtension {
    if (credential.username !== undefined || credential.clientId !== undefined) return credential;
    const other = Object.keys(document.securitySchemes)
      .filter((name) => name !== scheme)
      .map(credentialOf)
      .find(({ issuedBy, username }) => issuedBy === credential.issuedBy && username !== undefined);
    return { ...other, ...credential };
  }

  async function present(
    operation: Operation,
    use: CredentialUse,
    namespace: string | undefined,
  ): Promise<Presentation | { readonly missing: string }> {
    if (use === 'none' || operation.security.length === 0) return nothing;
    const weak = use === 'without-scope' ? insufficientScope(document, operation.security) : undefined;
    if (use === 'without-scope' && weak === undefined) return { missing: 'no scope is too little for it' };
    const scopes = weak === undefined ? undefined : [weak];
    for (const alternative of operation.security) {
      const parts = await Promise.all(
        alternative.map(({ scheme }) => presentScheme(scheme, use, scopes, namespace)),
      );
      const known = parts.filter((part) => part !== undefined);
      if (known.length === parts.length) return joined(known, use === 'valid' ? options.headers : undefined);
    }
    if (options.headers && use === 'valid') return joined([], options.headers);
    const names = [...new Set(operation.security.flat().map(({ scheme }) => scheme))].join(' or ');
    return { missing: `there are no ${use === 'valid' ? '' : `${use} `}credentials for ${names}` };
  }

  return {
    present,
    forget(namespace) {
      const prefix = JSON.stringify([namespace ?? '']).slice(0, -1);
      for (const key of tokens.keys()) if (key.startsWith(`${prefix},`)) tokens.delete(key);
    },
  };
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

function pairOf({ password, username }: CredentialExtension): string | undefined {
  return username === undefined ? undefined : `${username}:${password ?? ''}`;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** A token request by password, else by client (RFC 6749, sections 4.3 and 4.4). */
function grantOf(
  { clientId, clientSecret, password, username }: CredentialExtension,
  { basic }: CredentialOptions,
  scopes: readonly string[] | undefined,
): Record<string, string> {
  const [user, ...rest] = basic?.split(':') ?? [];
  const client = {
    ...(clientId !== undefined && { client_id: clientId }),
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
    ...(scopes && { scope: scopes.join(' ') }),
  };
  const name = user ?? username;
  if (name !== undefined)
    return {
      grant_type: 'password',
      username: name,
      password: user === undefined ? (password ?? '') : rest.join(':'),
      ...client,
    };
  return clientId === undefined ? {} : { grant_type: 'client_credentials', ...client };
}

function takesForm(operation: Operation | undefined): boolean {
  const names = operation?.requestBody?.mediaTypes.map(({ name }) => name) ?? [];
  return operation === undefined || names.includes('application/x-www-form-urlencoded');
}

function bodyHeaders(operation: Operation | undefined): Record<string, string> {
  return { 'content-type': takesForm(operation) ? 'application/x-www-form-urlencoded' : 'application/json' };
}

function tokenUrlOf(document: ApiDocument, scheme: string): string | undefined {
  const definition = document.securitySchemes[scheme];
  if (definition?.type !== 'oauth2') return undefined;
  const { clientCredentials, password } = definition.flows;
  return password?.tokenUrl ?? clientCredentials?.tokenUrl;
}

function bare(operation: Operation): RequestTemplate {
  const method = operation.method.toUpperCase();
  return { method, path: {}, query: {}, headers: {}, cookies: {}, body: undefined, credentials: 'valid' };
}
