import { hmacSigner } from './hmac.ts';

/**
 * ECDSA P-256 with SHA-256 over time and body, DER in base64. Source: SendGrid's reference, "Event Webhook security features",
 * and the library @sendgrid/eventwebhook.
 */
export const sendgridSigner = hmacSigner({
  header: 'X-Twilio-Email-Event-Webhook-Signature',
  algorithm: 'ecdsa-p256',
  encoding: 'base64',
  content: '{timestamp}{body}',
  headers: { 'X-Twilio-Email-Event-Webhook-Timestamp': '{timestamp}' },
});
