import type { ServedApi } from '../model/served-api.ts';

/** How to ask a token endpoint for a token, where the demo credential is all it takes (RFC 6749, sections 4.3.2 and 4.4.2). */
export function tokenLine(api: ServedApi, url: string): string | undefined {
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
