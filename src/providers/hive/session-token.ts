import type { UnitOfWork } from '../../state/unit-of-work.ts';

interface SessionTokenClaims {
  readonly sessionId: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/**
 * The JSON Web Token that a client SDK is started with: HS256, with the claims and in the order of the documented sample
 * (reference, "Create a session"), whose payload is damaged there but can be restored. The room is 12 characters of base64url.
 */
export async function signSessionToken(unit: UnitOfWork, claims: SessionTokenClaims): Promise<string> {
  const { SignJWT } = await import('jose');
  const payload = {
    room: Buffer.from(unit.derive('sessions', claims.sessionId).bytes('room', 9)).toString('base64url'),
    session_id: claims.sessionId,
    iat: claims.issuedAt,
    exp: claims.expiresAt,
  };
  const secret = unit.derive('sessions', 'tokens').bytes('secret', 32);
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret);
}
