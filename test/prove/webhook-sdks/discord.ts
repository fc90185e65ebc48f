import { verifyKey } from 'discord-interactions';
import type { Verify } from './received-request.ts';

/** Discord's own library; `publicKey` is hexadecimal. */
export const verify: Verify = ({ headers, body }, publicKey) =>
  verifyKey(body, headers['x-signature-ed25519'] ?? '', headers['x-signature-timestamp'] ?? '', publicKey);
