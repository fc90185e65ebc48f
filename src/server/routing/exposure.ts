import { isIP } from 'node:net';
import { SparringError } from '../../errors.ts';
import { bareHostname, type HostPattern, matchesHost } from '../../webhooks/host-pattern.ts';
import type { ApiResponse, RequestHeaders } from '../message/api-message.ts';
import { headerOf } from '../message/api-message.ts';
import { hostnameOf } from './locate-api.ts';

/** Which callers a server answers beside those on this machine. */
export interface Exposure {
  /** Hosts accepted beside loopback ones and IP addresses. */
  readonly hosts: readonly HostPattern[];
  /** Origins accepted beside loopback ones; `*` accepts all. */
  readonly origins: ReadonlySet<string>;
}

/**
 * Refuses a Host field that names neither this machine, an IP address, nor an allowed host: a page on the internet can
 * make its own name resolve to 127.0.0.1 (DNS rebinding), but cannot change the Host its requests carry.
 *
 * @throws SparringError `host-refused`
 */
export function assertHost(exposure: Exposure, headers: RequestHeaders): void {
  const host = headerOf(headers, 'host');
  if (host === undefined || host.startsWith('127.0.0.1:') || host.startsWith('localhost:')) return;
  const name = hostnameOf(host);
  if (isLoopbackName(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0) return;
  const port = /:(\d+)$/.exec(host)?.[1] ?? '';
  if (exposure.hosts.some((pattern) => matchesHost(pattern, bareHostname(name), port))) return;
  throw new SparringError(
    'host-refused',
    `This server does not answer for the host "${name.slice(0, 200)}".`,
  );
}

/**
 * CORS as the Fetch standard has it: the header fields an answer to this origin carries, none without an Origin.
 *
 * @throws SparringError `origin-refused` for an origin that is neither loopback nor allowed.
 */
export function corsHeaders(exposure: Exposure, headers: RequestHeaders): Record<string, string> | undefined {
  const origin = headerOf(headers, 'origin');
  if (origin === undefined) return undefined;
  if (!isAllowedOrigin(exposure, origin)) {
    throw new SparringError(
      'origin-refused',
      `Pages of the origin "${origin.slice(0, 200)}" may not call this server.`,
    );
  }
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': alwaysExposed.join(', '),
    vary: 'origin',
  };
}

const alwaysExposed = [
  'location',
  'link',
  'retry-after',
  'preference-applied',
  'sparring-violations',
  'sparring-notes',
  'sparring-exchange',
  'sparring-problem',
];

/** Fields that scripts may read anyway, or never (Fetch, sections 2.2.2 and 3.3.4). */
const neverNamed: ReadonlySet<string> = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
  'set-cookie',
  'vary',
]);

/** What an answer adds to the CORS fields: it exposes all fields that it has, and varies by what it says it does too. */
export function exposedHeaders(
  { headers }: ApiResponse,
  cors: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = Object.keys(headers).filter(
    (name) => !neverNamed.has(name) && !name.startsWith('access-control-') && !alwaysExposed.includes(name),
  );
  const { vary } = headers;
  return {
    ...(names.length > 0 && { 'access-control-expose-headers': [...alwaysExposed, ...names].join(', ') }),
    ...(vary !== undefined && { vary: `${vary}, ${cors.vary}` }),
  };
}

/** The fields of a preflight's answer, which comes before authentication since browsers send preflights without credentials. */
export function preflightHeaders(headers: RequestHeaders): Record<string, string> {
  return {
    'access-control-allow-methods': headerOf(headers, 'access-control-request-method') ?? '*',
    'access-control-allow-headers': headerOf(headers, 'access-control-request-headers') ?? '*',
    'access-control-max-age': '600',
    'content-length': '0',
  };
}

export function isPreflight(method: string, headers: RequestHeaders): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/**
 * Whether a page of another site made a browser send this without telling whose it is, as an image or a link does (Fetch Metadata,
 * `Sec-Fetch-Site`): such a request may read what is there, and makes nothing unless it carries credentials.
 */
export function isForeign(headers: RequestHeaders): boolean {
  return headerOf(headers, 'sec-fetch-site') === 'cross-site' && headers.origin === undefined;
}

function isAllowedOrigin(exposure: Exposure, origin: string): boolean {
  if (exposure.origins.has('*') || exposure.origins.has(origin)) return true;
  return URL.canParse(origin) && isLoopbackName(new URL(origin).hostname);
}

/** 127.0.0.0/8, ::1, `localhost` and names below it (RFC 6761). */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}
