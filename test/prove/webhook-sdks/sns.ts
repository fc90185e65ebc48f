import MessageValidator from 'sns-validator';
import type { ReceivedRequest } from './received-request.ts';

/**
 * The validator of AWS for JavaScript. It fetches `SigningCertURL` over HTTPS and keeps what it got; `hosts` says which hosts
 * it trusts, in place of `sns.<region>.amazonaws.com`.
 */
export function verify({ body }: ReceivedRequest, hosts?: RegExp): Promise<boolean> {
  return new Promise((resolve) => {
    new MessageValidator(hosts).validate(body.toString('utf8'), (error) => resolve(!error));
  });
}
