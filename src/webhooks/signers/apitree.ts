import { hmacSigner } from './hmac.ts';

/**
 * HMAC-SHA1 over target URL and body. Source: www.apitree.com/features/webhooks for the header and the ingredients;
 * their order is an inference.
 */
export const apitreeSigner = hmacSigner({
  header: 'X-ApiTree-Signature',
  algorithm: 'sha1',
  encoding: 'base64',
  content: '{url}{body}',
});
