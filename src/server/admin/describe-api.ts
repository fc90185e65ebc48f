import type { Credential } from '../auth/credentials.ts';
import type { MockApi } from '../model/mock.ts';
import type { ServedApi } from '../model/served-api.ts';
import { curlLine } from './curl-line.ts';

/** What the start table and the admin API say of an API that is reached at `url`. */
export function describeApi(api: ServedApi, url: string): MockApi {
  return {
    name: api.name,
    title: api.document.title,
    url,
    files: api.document.files,
    auth: api.auth,
    credentials: credentialsOf(api),
    curl: curlLine(api, url),
  };
}

function credentialsOf({ auth, credentials }: ServedApi): string {
  const words = [...credentials.values()].map(inWords).filter((text) => text !== '');
  if (words.length === 0 || auth === 'off') return 'none needed';
  return auth === 'strict' ? words.join('; ') : `any, such as ${words.join('; ')}`;
}

function inWords({ clientId, clientSecret, password, scheme, token, username }: Credential): string {
  if (username !== undefined) return `${scheme} ${username}:${password ?? ''}`;
  if (token !== undefined) return `${scheme} ${token}`;
  return clientId === undefined ? '' : `${scheme} client ${clientId}:${clientSecret ?? ''}`;
}
