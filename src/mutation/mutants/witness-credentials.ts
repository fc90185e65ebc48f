import type { Operation } from '../../openapi/document/document.ts';
import type { PresentedCredentials } from '../../server/auth/authenticate.ts';
import { type Credential, subjectOf } from '../../server/auth/credentials.ts';
import { headerOf } from '../../server/message/api-message.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import { Collection } from '../../state/collection.ts';
import { OpenUnit } from '../../state/open-unit.ts';
import type { WitnessRequest } from './script.ts';

/** The headers that credentials of an API stand in. */
export function credentialHeaders(api: ServedApi): readonly string[] {
  const names = Object.values(api.schemes).map((scheme) => {
    if (scheme.type !== 'apiKey') return 'authorization';
    return scheme.in === 'header' ? scheme.name.toLowerCase() : scheme.in === 'cookie' ? 'cookie' : undefined;
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** The query parameters that credentials of an API stand in. */
export function credentialParameters(api: ServedApi): readonly string[] {
  return Object.values(api.schemes).flatMap((scheme) =>
    scheme.type === 'apiKey' && scheme.in === 'query' ? [scheme.name] : [],
  );
}

export function presentsNothing(api: ServedApi, { headers, query }: PresentedCredentials): boolean {
  const pairs = new URLSearchParams(query);
  return (
    credentialHeaders(api).every((name) => headerOf(headers, name) === undefined) &&
    credentialParameters(api).every((name) => !pairs.has(name))
  );
}

export function withoutCredentials(api: ServedApi, request: WitnessRequest): WitnessRequest {
  const names = credentialHeaders(api);
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !names.includes(name)),
  );
  return { ...request, headers, path: withParameters(api, request.path, () => undefined) };
}

/** The request with other credentials in their places: quite others, or such as differ in the last character. */
export function wrongCredentials(
  api: ServedApi,
  request: WitnessRequest,
  how: 'quite' | 'almost' = 'quite',
): WitnessRequest {
  const almost = (value: string) => `${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`;
  const names = credentialHeaders(api);
  const headers = Object.entries(request.headers).map(([name, value]) => {
    if (!names.includes(name)) return [name, value] as const;
    const [word = ''] = value.split(' ', 1);
    const wrong =
      word === 'Basic' ? `Basic ${btoa('nobody:nothing')}` : word === value ? 'wrong' : `${word} wrong`;
    return [name, how === 'almost' ? almost(value) : wrong] as const;
  });
  const path = withParameters(api, request.path, (value) => (how === 'almost' ? almost(value) : 'wrong'));
  return { ...request, headers: Object.fromEntries(headers), path };
}

function withParameters(api: ServedApi, path: string, change: (value: string) => string | undefined): string {
  const [before = '', query = ''] = path.split('?', 2);
  const pairs = new URLSearchParams(query);
  for (const name of credentialParameters(api)) {
    const value = pairs.get(name);
    if (value === null) continue;
    const next = change(value);
    if (next === undefined) pairs.delete(name);
    else pairs.set(name, next);
  }
  return pairs.size === 0 ? before : `${before}?${pairs}`;
}

/** An Authorization value whose token holds for an operation's scheme, and lacks the scopes it asks for. */
export function weakToken(api: ServedApi, operation: Operation): string | undefined {
  const required = operation.security.find((alternative) =>
    alternative.some(({ scopes }) => scopes.length > 0),
  );
  const scheme = required?.find(({ scopes }) => scopes.length > 0)?.scheme;
  const credential = scheme === undefined ? undefined : api.credentials.get(scheme);
  if (
    !credential ||
    operation.security.some((alternative) => alternative.every(({ scopes }) => scopes.length === 0))
  )
    return undefined;
  return `Bearer ${mintToken(api, credential, [], Date.parse('2026-01-01T00:00:00Z'))}`;
}

/** A token of a scheme that any mock with the same credentials takes for an hour from `now`. */
export function mintToken(
  api: ServedApi,
  credential: Credential,
  scopes: readonly string[],
  now: number,
): string {
  const unit = new OpenUnit({
    namespace: 'mutants',
    api: api.name,
    now,
    seed: 1,
    committed: () => new Collection(),
  });
  const { scheme } = credential;
  return api.tokens.issue(unit, { scheme, subject: subjectOf(credential), scopes, expiresIn: 3600 });
}
