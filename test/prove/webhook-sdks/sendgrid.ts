import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import type { Verify } from './received-request.ts';

/** SendGrid's own library; `publicKey` is base64 of a SubjectPublicKeyInfo. It throws for what is no DER signature. */
export const verify: Verify = ({ headers, body }, publicKey) => {
  const library = new EventWebhook();
  const signature = headers[EventWebhookHeader.SIGNATURE().toLowerCase()] ?? '';
  const timestamp = headers[EventWebhookHeader.TIMESTAMP().toLowerCase()] ?? '';
  try {
    return library.verifySignature(library.convertPublicKeyToECDSA(publicKey), body, signature, timestamp);
  } catch {
    return false;
  }
};
