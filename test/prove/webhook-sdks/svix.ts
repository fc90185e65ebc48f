import type { LargeSdks } from './install-large-sdks.ts';
import { accepted, type Verify } from './received-request.ts';

/** Svix's own library: it reads `svix-…` and, without those, `webhook-…` headers. */
export function svixVerifier({ load }: LargeSdks): Verify {
  const { Webhook } = load('svix');
  return ({ headers, body }, secret) =>
    accepted(() => new Webhook(secret).verify(body.toString('utf8'), headers));
}
