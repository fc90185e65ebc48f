import { hmacSigner } from './hmac.ts';

/**
 * Ed25519 over time and body, hex. The application's public key verifies; its private key is Discord's own, so a key pair
 * of one's own stands for it. Source: Discord's API reference, "Interactions overview".
 */
export const discordSigner = hmacSigner({
  header: 'X-Signature-Ed25519',
  algorithm: 'ed25519',
  content: '{timestamp}{body}',
  headers: { 'X-Signature-Timestamp': '{timestamp}' },
});
