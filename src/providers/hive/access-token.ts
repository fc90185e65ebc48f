import { SparringError } from '../../errors.ts';
import type { BehaviourContext, BehaviourResult } from '../model/provider.ts';

/** What the documented answer of GET /token says, in seconds. */
const documentedLifetime = 3599;

/** GET /token: a bearer token for whoever sent the API key and secret; those have been checked by then. */
export function createAccessToken({
  api,
  unit,
  operation,
  principal,
  tokens,
}: BehaviourContext): BehaviourResult {
  const credentials = Object.entries(api.extension.credentials ?? {});
  const issued = credentials.find(([, credential]) => credential.issuedBy === operation.id);
  if (!issued || !principal) {
    throw new SparringError('internal', `No security scheme of ${api.name} is issued by ${operation.id}.`);
  }
  const [scheme, { expiresIn = documentedLifetime }] = issued;
  const token = tokens.issue(unit, {
    scheme,
    subject: principal.subject,
    scopes: principal.scopes,
    expiresIn,
  });
  return { status: 200, body: { access_token: token, expires_in: expiresIn } };
}
