import { SparringError } from '../../errors.ts';
import type { BehaviourContext, BehaviourResult } from '../provider.ts';
import { organisation } from './organisation.ts';

const scheme = 'oauth';

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

/** POST /oauth/token: what RFC 6749 asks for, and whose the token is. */
export function createToken({ body, operation, tokens, unit }: BehaviourContext): BehaviourResult {
  const answer = tokens.grant(unit, operation, Object(body));
  if ('error' in answer) return { status: answer.error === 'invalid_client' ? 401 : 400, body: answer };
  const created_at = Math.floor(unit.now / 1000);
  return { status: 200, body: { ...answer, created_at, owner_id: organisation, owner_type: 'orgs' } };
}
