import { isObject } from '../../../json/is-object.ts';
import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import type { CredentialExtension } from '../../../openapi/document/extension.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { serialise } from '../../plan/requests/serialise.ts';
import type { CredentialMeans, CredentialOptions, Presentation } from './credentials.ts';

/** The purpose a token is requested for. */
export interface TokenWish {
  readonly scheme: string;
  readonly credential: CredentialExtension;
  /** Undefined: those that are given without asking. */
  readonly scopes: readonly string[] | undefined;
  readonly namespace: string | undefined;
}

/** Tokens that the server issues, each kept until nine tenths of its life are over. */
export interface IssuedTokens {
  /** Undefined where none can be got. */
  tokenOf(wish: TokenWish): Promise<string | undefined>;
  forget(namespace: string | undefined): void;
}

interface Issued {
  readonly token: string | undefined;
  /** Milliseconds. */
  readonly until: number;
}

/** A refusal is not asked for again and again. */
const refusalLasts = 30_000;

/** @param presentTo what the operation that issues tokens wants to see itself */
export function createIssuedTokens(
  means: CredentialMeans,
  presentTo: (operation: Operation, namespace: string | undefined) => Promise<Presentation | undefined>,
): IssuedTokens {
  const tokens = new Map<string, Promise<Issued>>();
  const keyOf = ({ namespace, scheme, scopes }: TokenWish) =>
    JSON.stringify([namespace ?? '', scheme, scopes ?? []]);

  return {
    async tokenOf(wish) {
      const key = keyOf(wish);
      const known = await tokens.get(key);
      if (known && known.until > means.now()) return known.token;
      const fresh = requestToken(means, wish, presentTo);
      tokens.set(key, fresh);
      return (await fresh).token;
    },
    forget(namespace) {
      const prefix = JSON.stringify([namespace ?? '']).slice(0, -1);
      for (const key of tokens.keys()) if (key.startsWith(`${prefix},`)) tokens.delete(key);
    },
  };
}

/** Asks the operation that the document names, else the token URL of the scheme (RFC 6749, section 4). */
async function requestToken(
  { document, now, options, transport }: CredentialMeans,
  { credential, namespace, scheme, scopes }: TokenWish,
  presentTo: Parameters<typeof createIssuedTokens>[1],
): Promise<Issued> {
  const none = { token: undefined, until: now() + refusalLasts };
  const operation = document.operationsById.get(credential.issuedBy ?? '');
  const url = operation ? undefined : tokenUrlOf(document, scheme);
  if (!operation && url === undefined) return none;
  const grant = grantOf(credential, options, scopes);
  const hasBody = operation === undefined || operation.requestBody !== undefined;
  if (hasBody && Object.keys(grant).length === 0) return none;
  const own = operation && (await presentTo(operation, namespace));
  if (operation && !own) return none;
  const written = operation && serialise(document, operation, bare(operation));
  const { response } = await transport.send({
    method: written?.method ?? 'POST',
    url: url ?? `${transport.url}${written?.target}`,
    headers: {
      accept: 'application/json',
      ...(hasBody && { 'content-type': takesForm(operation) ? form : 'application/json' }),
      ...(namespace !== undefined && { 'sparring-namespace': namespace }),
      ...own?.headers,
    },
    body: hasBody ? writeGrant(grant, operation) : undefined,
  });
  const body = response?.json?.value;
  if (!response || response.status >= 300 || !isObject(body) || typeof body.access_token !== 'string')
    return none;
  const lifetime = typeof body.expires_in === 'number' ? body.expires_in : 300;
  return { token: body.access_token, until: now() + lifetime * 900 };
}

const form = 'application/x-www-form-urlencoded';

function writeGrant(grant: Record<string, string>, operation: Operation | undefined): string {
  return takesForm(operation) ? new URLSearchParams(grant).toString() : JSON.stringify(grant);
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
