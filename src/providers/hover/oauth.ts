import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';
import { organisation } from './organisation.ts';

const scheme = 'oauth';
/** A token must not be kept by caches (RFC 6749, section 5.1). */
const noStore = { 'cache-control': 'no-store' };

/** GET /oauth/authorize: the demo organisation grants access at once. */
export function authorize({ api, query, tokens, unit }: BehaviourContext): BehaviourResult {
  if (query.client_id !== api.extension.credentials?.[scheme]?.clientId) {
    throw new SparringError('unauthorized', 'The client is not known.');
  }
  const url = new URL(String(query.redirect_uri));
  url.searchParams.set('code', tokens.issueCode(unit, scheme));
  if (query.state !== undefined) url.searchParams.set('state', String(query.state));
  return { status: 302, headers: { location: url.href } };
}

/** POST /oauth/token: what RFC 6749 asks for (sections 5.1 and 5.2), and whose the token is. */
export function createOauthToken({
  authorization,
  body,
  operation,
  tokens,
  unit,
}: BehaviourContext): BehaviourResult {
  const answer = tokens.grant(unit, operation, isObject(body) ? body : {}, authorization);
  if ('error' in answer) {
    const isClient = answer.error === 'invalid_client';
    const headers = { ...noStore, ...(isClient && { 'www-authenticate': 'Basic realm="hover"' }) };
    return { status: isClient ? 401 : 400, headers, body: answer };
  }
  const created_at = Math.floor(unit.now / 1000);
  const token = { ...answer, created_at, owner_id: organisation, owner_type: 'orgs' };
  return { status: 200, headers: noStore, body: token };
}
