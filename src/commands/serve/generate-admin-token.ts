import { randomBytes } from 'node:crypto';
import { isLoopbackName } from '../../server/routing/exposure.ts';

/** A fresh token for the admin API of a server that other machines can reach; none is needed on loopback. */
export function generateAdminToken(host: string): string | undefined {
  return isLoopbackName(host) ? undefined : randomBytes(24).toString('base64url');
}
