import { type ErrorCode, SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { ApiDocument, Operation } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { recordPropertiesOf } from '../../openapi/document/record-properties.ts';
import type { Behaviour, TokenRefusal } from '../../providers/model/provider.ts';
import type { ErrorFacts } from '../model/error-facts.ts';

/** A token must not be kept by caches (RFC 6749, section 5.1). */
const noStore = { 'cache-control': 'no-store' };

const codes: Readonly<Record<TokenRefusal['error'], ErrorCode>> = {
  invalid_request: 'invalid-request',
  invalid_client: 'invalid-client',
  invalid_grant: 'invalid-grant',
  invalid_scope: 'invalid-scope',
  unauthorized_client: 'unauthorized-client',
  unsupported_grant_type: 'unsupported-grant-type',
};

/**
 * The generic token endpoint of OAuth 2.0 (RFC 6749, section 5). It refuses in that section's words, unless the document
 * has another shape for its errors.
 *
 * @throws SparringError by the code of the refusal, where the operation does not itself declare an answer in those words
 */
export const issueToken: Behaviour = ({ api, authorization, body, operation, tokens, unit }) => {
  const answer = tokens.grant(unit, operation, isObject(body) ? body : {}, authorization);
  if (!('error' in answer)) return { status: 200, headers: noStore, body: answer };
  const isClient = answer.error === 'invalid_client';
  const status = isClient ? 401 : 400;
  const headers = { ...noStore, ...(isClient && { 'www-authenticate': 'Basic realm="sparring"' }) };
  if (findResponse(operation, status) && !hasOwnShape(api, operation, status)) {
    return { status, headers, body: answer };
  }
  throw new SparringError(codes[answer.error], answer.error_description, { headers });
};

/** An error of a token endpoint in the words of RFC 6749 (section 5.2); undefined where the document has its own. */
export function tokenErrorBody(
  api: ApiDocument,
  operation: Operation,
  status: number,
  { code, message }: ErrorFacts,
): { readonly mediaType: string; readonly body: unknown } | undefined {
  if (operation.extension.action !== 'token' || status < 400 || status > 499) return undefined;
  if (hasOwnShape(api, operation, status)) return undefined;
  const [error = 'invalid_request'] = Object.entries(codes).find(([, known]) => known === code) ?? [];
  return { mediaType: 'application/json', body: { error, error_description: message } };
}

/** Whether the operation declares an error without `error` in it, or the document as a whole has a shape for errors. */
function hasOwnShape(api: ApiDocument, operation: Operation, status: number): boolean {
  const schema = findResponse(operation, status)?.mediaTypes[0]?.schema;
  if (schema === undefined) return api.extension.errors !== undefined;
  return !recordPropertiesOf(api, schema).has('error');
}
