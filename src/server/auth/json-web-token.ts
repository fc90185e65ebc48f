import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject, type JsonObject } from '../../json/is-object.ts';

/** The one header that is written and taken, so that a token cannot choose its own algorithm. */
const header = encode({ alg: 'HS256', typ: 'JWT' });

/** A JSON Web Token (RFC 7519) by HS256. */
export function signJsonWebToken(claims: JsonObject, key: Uint8Array): string {
  const signed = `${header}.${encode(claims)}`;
  return `${signed}.${digest(signed, key).toString('base64url')}`;
}

/** The claims of a token that was signed with the key; its times are the caller's to judge. */
export function readJsonWebToken(token: string, key: Uint8Array): JsonObject | undefined {
  const [first, claims = '', signature = '', ...rest] = token.split('.');
  if (first !== header || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = digest(`${first}.${claims}`, key);
  // Compared as text too: several texts decode to the same bytes.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  if (signature !== expected.toString('base64url')) return undefined;
  const value: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
  return isObject(value) ? value : undefined;
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function digest(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
