import { parse } from 'node:querystring';
import type { LargeSdks } from './install-large-sdks.ts';
import type { Verify } from './received-request.ts';

/** Twilio's own library: the fields of a form are signed, or the digest of a JSON body that the URL names. */
export function twilioVerifier({ load }: LargeSdks): Verify {
  const twilio = load('twilio');
  return ({ url, headers, body }, secret) => {
    const signature = headers['x-twilio-signature'] ?? '';
    const algorithm = twilio.getSignatureAlgorithm(headers['x-twilio-webhooks-signature-settings']);
    const text = body.toString('utf8');
    return new URL(url).searchParams.has('bodySHA256')
      ? twilio.validateRequestWithBody(secret, signature, url, text, algorithm)
      : twilio.validateRequest(secret, signature, url, { ...parse(text) }, algorithm);
  };
}
