import { isObject } from '../../openapi/is-object.ts';
import type { Behaviour } from '../../providers/provider.ts';

/** The generic token endpoint of OAuth 2.0 (RFC 6749, sections 5.1 and 5.2). */
export const issueToken: Behaviour = ({ body, operation, tokens, unit }) => {
  const answer = tokens.grant(unit, operation, isObject(body) ? body : {});
  if (!('error' in answer)) {
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: answer };
  }
  return { status: answer.error === 'invalid_client' ? 401 : 400, body: answer };
};
