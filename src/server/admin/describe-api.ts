import type { Operation } from '../../openapi/document/document.ts';
import type { Credential } from '../auth/credentials.ts';
import type { MockApi } from '../model/mock.ts';
import type { ServedApi } from '../model/served-api.ts';

/** What the start table and the admin API say of an API that is reached at `origin`. */
export function describeApi(api: ServedApi, origin: string): MockApi {
  const url = `${origin}/${api.name}`;
  return {
    name: api.name,
    title: api.document.title,
    url,
    files: api.document.files,
    credentials:
      [...api.credentials.values()]
        .map(inWords)
        .filter((text) => text !== '')
        .join('; ') || 'none needed',
    curl: curlLine(api, url),
  };
}

function inWords({ clientId, clientSecret, password, scheme, token, username }: Credential): string {
  if (username !== undefined) return `${scheme} ${username}:${password ?? ''}`;
  if (token !== undefined) return `${scheme} ${token}`;
  return clientId === undefined ? '' : `${scheme} client ${clientId}:${clientSecret ?? ''}`;
}

/** A line to paste: the operation that issues tokens, else the simplest GET. */
function curlLine(api: ServedApi, url: string): string {
  const token = tokenLine(api, url);
  if (token !== undefined) return token;
  const operation = issuer(api) ?? api.document.operations.find(isSimpleGet) ?? api.document.operations[0];
  if (!operation) return `curl ${url}`;
  const method = operation.method === 'get' ? '' : `-X ${operation.method.toUpperCase()} `;
  return `curl ${method}${credentialFlags(api, operation)}${url}${operation.path}`;
}

function issuer(api: ServedApi): Operation | undefined {
  const ids = [...api.credentials.values()].map(({ issuedBy }) => issuedBy);
  return api.document.operations.find(({ id, method }) => method === 'get' && ids.includes(id));
}

/** How to ask a token endpoint for a token, where the demo credential is all it takes (RFC 6749, sections 4.3.2 and 4.4.2). */
function tokenLine(api: ServedApi, url: string): string | undefined {
  const operation = api.document.operations.find(({ extension }) => extension.action === 'token');
  const credential = operation && api.tokens.credentialOf(operation);
  if (!operation || !credential) return undefined;
  const { clientId, clientSecret, flows, password, username } = credential;
  const has = (flow: string) => flows?.includes(flow) ?? true;
  const fields =
    username !== undefined && has('password')
      ? { grant_type: 'password', username, password }
      : clientId !== undefined && has('clientCredentials')
        ? { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
        : undefined;
  if (!fields) return undefined;
  const data = Object.entries(fields)
    .map(([name, value]) => `-d ${name}=${shellSafe(value)}`)
    .join(' ');
  return `curl ${data} ${url}${operation.path}`;
}

/** Percent-encoded, the few characters too that URLs allow and shells read. */
function shellSafe(text = ''): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function isSimpleGet({ method, parameters, path }: Operation): boolean {
  return method === 'get' && !path.includes('{') && !parameters.some(({ required }) => required);
}

function credentialFlags(api: ServedApi, operation: Operation): string {
  const names = operation.security[0]?.map(({ scheme }) => scheme) ?? [];
  return names.map((name) => credentialFlag(api, name)).join('');
}

function credentialFlag(api: ServedApi, scheme: string): string {
  const definition = api.schemes[scheme];
  const credential = api.credentials.get(scheme);
  if (!definition || !credential) return '';
  if (definition.type === 'apiKey') {
    return definition.in === 'header' ? `-H '${definition.name}: ${credential.token}' ` : '';
  }
  const isBasic = definition.type === 'http' && definition.scheme.toLowerCase() === 'basic';
  if (isBasic && credential.username !== undefined)
    return `-u ${credential.username}:${credential.password ?? ''} `;
  const isOther = definition.type === 'http' && !/^(?:basic|bearer)$/i.test(definition.scheme);
  const word = isOther ? definition.scheme : 'Bearer';
  return credential.token === undefined ? '' : `-H 'Authorization: ${word} ${credential.token}' `;
}
