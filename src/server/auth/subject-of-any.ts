import { hash } from 'node:crypto';
import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject } from '../../json/is-object.ts';
import { basicPair } from './basic-pair.ts';

/** `b64token` of RFC 6750, section 2.1. */
const bearerToken = /^[A-Za-z0-9\-._~+/]+=*$/;
const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Whom credentials speak for that nobody has named beforehand: the user's name of HTTP Basic, the `sub` of a JSON Web Token, else a
 * name made from the secret that does not give it away. The same credentials are always the same subject.
 *
 * @param value an API key, or what follows the scheme's word in the Authorization header
 * @returns undefined for what is not well-formed
 */
export function subjectOfAny(
  definition: OpenAPIV3_1.SecuritySchemeObject,
  value: string | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  if (definition.type === 'apiKey') return printable.test(value) ? madeName('key', value) : undefined;
  const scheme = definition.type === 'http' ? definition.scheme.toLowerCase() : 'bearer';
  if (scheme === 'basic') return userOf(value);
  const wellFormed = scheme === 'bearer' ? bearerToken : printable;
  return wellFormed.test(value) ? (jwtSubject(value) ?? madeName('token', value)) : undefined;
}

function userOf(value: string): string | undefined {
  const pair = basicPair(`Basic ${value}`);
  if (!pair || (pair.username === '' && pair.password === '')) return undefined;
  return pair.username === '' ? madeName('key', pair.password) : pair.username;
}

function jwtSubject(token: string): string | undefined {
  const [, claims = '', signature] = token.split('.', 3);
  if (signature === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    return isObject(value) && typeof value.sub === 'string' && value.sub !== '' ? value.sub : undefined;
  } catch {
    return undefined;
  }
}

function madeName(kind: string, secret: string): string {
  return `${kind}-${hash('sha256', secret).slice(0, 12)}`;
}
