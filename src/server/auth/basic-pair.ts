import { headerOf, type RequestHeaders } from '../message/api-message.ts';

/** The name and password of HTTP Basic (RFC 7617): the base64 of `username:password`. */
export interface BasicPair {
  readonly username: string;
  readonly password: string;
}

/** Undefined for anything else, un-encoded text included. */
export function basicPair(authorization: string | undefined): BasicPair | undefined {
  const encoded = credentialsIn(authorization, 'basic');
  if (encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** What the Authorization header holds after the name of an authentication scheme (lower-case). */
export function schemeValue(headers: RequestHeaders, scheme: string): string | undefined {
  return credentialsIn(headerOf(headers, 'authorization'), scheme);
}

function credentialsIn(authorization: string | undefined, scheme: string): string | undefined {
  if (authorization === undefined || authorization[scheme.length] !== ' ') return undefined;
  return authorization.slice(0, scheme.length).toLowerCase() === scheme
    ? authorization.slice(scheme.length + 1).trim()
    : undefined;
}
