import { Webhook } from 'standardwebhooks';
import { accepted, type Verify } from './received-request.ts';

/** The reference library of Standard Webhooks. */
export const verify: Verify = ({ headers, body }, secret) =>
  accepted(() => new Webhook(secret).verify(body.toString('utf8'), { ...headers }));
