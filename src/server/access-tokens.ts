import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { SparringError } from '../errors.ts';
import type { Operation } from '../openapi/document.ts';
import type { TokenAnswer, TokenClaims, TokenIssuer, TokenRefusal } from '../providers/provider.ts';
import type { UnitOfWork } from '../state/unit-of-work.ts';
import type { Credential } from './credentials.ts';
import { grantToken, issueCode } from './grant-token.ts';

/** What a token says once its signature held. */
export interface VerifiedToken {
  readonly scheme: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the Unix epoch on the namespace's clock. */
  readonly expiresAt: number;
}

const payloadLength = 32;
const maximumKept = 10_000;

/**
 * Opaque bearer tokens that carry their own proof: `base64url(payload) "." base64url(HMAC-SHA256(payload))`, 43 characters
 * a part. Nothing is stored, so that every namespace accepts them and neither a reset nor a restart voids them; the key
 * follows from the API's credentials, so that changing those does.
 *
 * Payload, 32 bytes: scheme index (1), scope mask (4), expiry in Unix seconds (6), random-looking rest (21).
 */
export class AccessTokens implements TokenIssuer {
  readonly #key: Buffer;
  readonly #schemes: readonly Credential[];
  readonly #scopes: readonly string[];
  /** Tokens whose signature was found right, so that it is computed once and not for every request. */
  readonly #verified = new Map<string, VerifiedToken>();

  constructor(api: string, credentials: ReadonlyMap<string, Credential>, scopes: readonly string[]) {
    this.#schemes = [...credentials.values()];
    this.#scopes = scopes.slice(0, 32);
    this.#key = hash('sha256', JSON.stringify(['access-tokens', api, this.#schemes]), 'buffer');
  }

  issue(unit: UnitOfWork, claims: TokenClaims): string {
    const ordinal = unit.collection('_tokens').takeOrdinal();
    const payload = Buffer.alloc(payloadLength);
    payload.writeUInt8(this.#schemes.findIndex(({ scheme }) => scheme === claims.scheme) & 0xff, 0);
    payload.writeUInt32BE(this.#maskOf(claims.scopes), 1);
    payload.writeUIntBE(Math.floor(unit.now / 1000) + claims.expiresIn, 5, 6);
    payload.set(unit.derive('_tokens', ordinal).bytes('nonce', payloadLength - 11), 11);
    return `${payload.toString('base64url')}.${this.#sign(payload).toString('base64url')}`;
  }

  /** The token's claims, or undefined when it was not issued here. Expiry is the caller's to judge. */
  verify(token: string): VerifiedToken | undefined {
    const kept = this.#verified.get(token);
    if (kept) return kept;
    const [first = '', second = ''] = token.split('.', 2);
    const payload = Buffer.from(first, 'base64url');
    const signature = Buffer.from(second, 'base64url');
    if (token.length !== 87 || payload.length !== payloadLength || signature.length !== 32) return undefined;
    if (!timingSafeEqual(signature, this.#sign(payload))) return undefined;
    const scheme = this.#schemes[payload.readUInt8(0)];
    if (!scheme) return undefined;
    const mask = payload.readUInt32BE(1);
    const verified: VerifiedToken = {
      scheme: scheme.scheme,
      subject: scheme.username ?? 'demo',
      scopes: this.#scopes.filter((_, index) => (mask >>> index) & 1),
      expiresAt: payload.readUIntBE(5, 6) * 1000,
    };
    if (this.#verified.size >= maximumKept) this.#verified.clear();
    this.#verified.set(token, verified);
    return verified;
  }

  grant(
    unit: UnitOfWork,
    operation: Operation,
    request: Readonly<Record<string, unknown>>,
  ): TokenAnswer | TokenRefusal {
    const credential = this.#schemes.find(({ issuedBy }) => issuedBy === operation.id);
    if (credential) return grantToken(this, credential, unit, request);
    throw new SparringError('internal', `No security scheme is issued by ${operation.id}.`, {
      next: 'Name the operation as issuedBy of a credential in x-sparring.',
    });
  }

  issueCode(unit: UnitOfWork, scheme: string): string {
    const credential = this.#schemes.find((one) => one.scheme === scheme);
    if (credential) return issueCode(this, credential, unit);
    throw new SparringError('internal', `There is no security scheme ${scheme}.`);
  }

  #sign(payload: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }

  #maskOf(scopes: readonly string[]): number {
    return (
      this.#scopes.reduce(
        (mask, scope, index) => (scopes.includes(scope) ? mask | (1 << index) : mask),
        0,
      ) >>> 0
    );
  }
}
