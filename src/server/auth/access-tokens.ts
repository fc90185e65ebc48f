import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { SparringError } from '../../errors.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { TokenAnswer, TokenClaims, TokenIssuer, TokenRefusal } from '../../providers/model/provider.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { AuthMode } from './auth-mode.ts';
import { basicPair } from './basic-pair.ts';
import { type Credential, subjectOf } from './credentials.ts';
import { grantToken, issueCode } from './grant-token.ts';
import { readJsonWebToken, signJsonWebToken } from './json-web-token.ts';

/** What a token is good for: the API itself, or one more token request. */
export type TokenKind = (typeof kinds)[number];

const kinds = ['access', 'code', 'refresh'] as const;

/** What a token says once its signature held. */
export interface VerifiedToken {
  readonly kind: TokenKind;
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
 * follows from the API's credentials, so that changing those does. Access tokens of a credential whose `format` is `jwt`
 * are JSON Web Tokens in their place.
 *
 * Payload, 32 bytes: scheme index (1), scope mask (4), expiry in Unix seconds (6), kind (1), random-looking rest (20).
 */
export class AccessTokens implements TokenIssuer {
  readonly #key: Buffer;
  readonly #schemes: readonly Credential[];
  readonly #scopes: readonly string[];
  readonly #isExact: boolean;
  /** Tokens whose signature was found right, so that it is computed once and not for every request. */
  readonly #verified = new Map<string, VerifiedToken>();

  constructor(
    api: string,
    credentials: ReadonlyMap<string, Credential>,
    scopes: readonly string[],
    auth: AuthMode = 'strict',
  ) {
    this.#isExact = auth === 'strict';
    this.#schemes = [...credentials.values()];
    this.#scopes = scopes.slice(0, 32);
    this.#key = hash('sha256', JSON.stringify(['access-tokens', api, this.#schemes]), 'buffer');
  }

  issue(unit: UnitOfWork, claims: TokenClaims, kind: TokenKind = 'access'): string {
    const ordinal = unit.collection('_tokens').takeOrdinal();
    const derive = unit.derive('_tokens', ordinal);
    const credential = this.#schemes.find(({ scheme }) => scheme === claims.scheme);
    if (kind === 'access' && credential?.format === 'jwt') {
      const iat = Math.floor(unit.now / 1000);
      const times = { iat, exp: iat + claims.expiresIn, jti: derive.uuid('jti') };
      return signJsonWebToken(
        { aud: claims.scheme, sub: claims.subject, scope: claims.scopes.join(' '), ...times },
        this.#key,
      );
    }
    const payload = Buffer.alloc(payloadLength);
    payload.writeUInt8(this.#schemes.findIndex(({ scheme }) => scheme === claims.scheme) & 0xff, 0);
    payload.writeUInt32BE(this.#maskOf(claims.scopes), 1);
    // Signed, since a clock may be set to a time before 1970.
    payload.writeIntBE(Math.floor(unit.now / 1000) + claims.expiresIn, 5, 6);
    payload.writeUInt8(kinds.indexOf(kind), 11);
    payload.set(derive.bytes('nonce', payloadLength - 12), 12);
    return `${payload.toString('base64url')}.${this.#sign(payload).toString('base64url')}`;
  }

  /** The token's claims, or undefined when it was not issued here, or for something else. Expiry is the caller's to judge. */
  verify(token: string, kind: TokenKind = 'access'): VerifiedToken | undefined {
    const verified = this.#verified.get(token) ?? this.#read(token);
    return verified?.kind === kind ? verified : undefined;
  }

  #read(token: string): VerifiedToken | undefined {
    const verified = token.length === 87 ? this.#readOpaque(token) : this.#readJwt(token);
    if (!verified) return undefined;
    if (this.#verified.size >= maximumKept) this.#verified.clear();
    this.#verified.set(token, verified);
    return verified;
  }

  #readJwt(token: string): VerifiedToken | undefined {
    const { aud, exp, scope, sub } = readJsonWebToken(token, this.#key) ?? {};
    const credential = this.#schemes.find(({ scheme }) => scheme === aud);
    if (credential?.format !== 'jwt' || typeof exp !== 'number') return undefined;
    const scopes = String(scope)
      .split(' ')
      .filter((name) => name !== '');
    return {
      kind: 'access',
      scheme: credential.scheme,
      subject: String(sub),
      scopes,
      expiresAt: exp * 1000,
    };
  }

  #readOpaque(token: string): VerifiedToken | undefined {
    const [first = '', second = ''] = token.split('.', 2);
    const payload = Buffer.from(first, 'base64url');
    const signature = Buffer.from(second, 'base64url');
    if (payload.length !== payloadLength || signature.length !== 32) return undefined;
    // Several texts decode to the same bytes; only the one that was issued counts.
    if (token !== `${payload.toString('base64url')}.${signature.toString('base64url')}`) return undefined;
    if (!timingSafeEqual(signature, this.#sign(payload))) return undefined;
    const scheme = this.#schemes[payload.readUInt8(0)];
    const kind = kinds[payload.readUInt8(11)];
    if (!scheme || !kind) return undefined;
    const mask = payload.readUInt32BE(1);
    return {
      kind,
      scheme: scheme.scheme,
      subject: subjectOf(scheme),
      scopes: this.#scopes.filter((_, index) => (mask >>> index) & 1),
      expiresAt: payload.readIntBE(5, 6) * 1000,
    };
  }

  grant(
    unit: UnitOfWork,
    operation: Operation,
    body: Readonly<Record<string, unknown>>,
    authorization?: string,
  ): TokenAnswer | TokenRefusal {
    const basic = basicPair(authorization);
    // A client authenticates by HTTP Basic, each part percent-encoded first, or in the body (RFC 6749, section 2.3.1).
    const client = basic && {
      client_id: formDecoded(basic.username),
      client_secret: formDecoded(basic.password),
    };
    const credential = this.credentialOf(operation);
    if (credential) {
      return grantToken(this, {
        credential,
        unit,
        isExact: this.#isExact,
        request: { ...body, ...client },
      });
    }
    throw new SparringError('internal', `No security scheme is issued by ${operation.id}.`, {
      next: 'Name the scheme in x-sparring of the operation, or the operation as issuedBy of a credential.',
    });
  }

  /** Whose tokens a token endpoint issues: the scheme it names, else the one that names it, else the only OAuth 2.0 scheme. */
  credentialOf({ extension, id }: Operation): Credential | undefined {
    const named = extension.scheme;
    if (named !== undefined) return this.#schemes.find(({ scheme }) => scheme === named);
    const oauth = this.#schemes.filter(({ flows }) => flows !== undefined);
    return (
      this.#schemes.find(({ issuedBy }) => issuedBy === id) ?? (oauth.length === 1 ? oauth[0] : undefined)
    );
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

/** Undoes application/x-www-form-urlencoded; what was not encoded in the first place stays as it is. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
