import { hmacSigner } from './hmac.ts';

/**
 * `X-Hub-Signature-256` over the body, and the older `X-Hub-Signature` beside it. A receiver accepts the older one alone
 * with the option `legacy`. Source: GitHub documentation, "Validating webhook deliveries".
 */
export const githubSigner = hmacSigner({
  header: 'X-Hub-Signature-256',
  prefix: 'sha256=',
  also: [{ header: 'X-Hub-Signature', prefix: 'sha1=', algorithm: 'sha1' }],
});
