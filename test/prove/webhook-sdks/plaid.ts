import { createHash } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { accepted, type ReceivedRequest } from './received-request.ts';

/** Asks the provider's `/webhook_verification_key/get` for the key of an id; answers a JSON Web Key. */
export type FindKey = (keyId: string) => Promise<Record<string, unknown>>;

/**
 * Plaid's library (plaid 47.0.0) fetches the key and leaves the rest to a JWT library, so this follows the steps of its page
 * "Verify webhooks" with jose: `alg` ES256 alone, the key of `kid`, at most five minutes old, SHA-256 of the body.
 */
export function verify({ headers, body }: ReceivedRequest, findKey: FindKey): Promise<boolean> {
  return accepted(async () => {
    const token = headers['plaid-verification'] ?? '';
    const { kid = '' } = decodeProtectedHeader(token);
    const key = await importJWK(await findKey(kid), 'ES256');
    const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], maxTokenAge: '5 min' });
    if (payload.request_body_sha256 !== createHash('sha256').update(body).digest('hex'))
      throw new Error('The digest is of another body.');
  });
}
