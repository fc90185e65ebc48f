import { SparringError } from '../errors.ts';

/** One `--allow-host`. */
export interface HostPattern {
  readonly kind: 'exact' | 'subdomains' | 'any';
  /** As `new URL` writes it, IPv6 without brackets; empty for any. */
  readonly hostname: string;
  /** Absent: any port. */
  readonly port?: string;
}

/** A host name as it is compared: lower case, IPv6 without brackets, without a trailing dot. */
export function bareHostname(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

/**
 * Reads `example.com`, `example.com:8443`, `*.example.com`, `10.0.0.5`, `[fd00::1]:3000` or `*`. `*.example.com` is every
 * name below, not `example.com` itself. Throws `usage`.
 */
export function parseHostPattern(text: string): HostPattern {
  const bareIpv6 = !text.startsWith('[') && text.split(':').length > 2;
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}|\*))?$/.exec(bareIpv6 ? `[${text}]` : text) ?? [];
  const withPort = port === undefined || port === '*' ? {} : { port };
  if (host === '*') return { kind: 'any', hostname: '', ...withPort };
  const kind = host.startsWith('*.') ? 'subdomains' : 'exact';
  const name = kind === 'subdomains' ? host.slice(2) : host;
  const parsed = /[/@?#*\\\s]/.test(name) ? null : URL.parse(`http://${name}`);
  if (parsed?.port === '' && parsed.hostname !== '') {
    return { kind, hostname: bareHostname(parsed.hostname), ...withPort };
  }
  throw new SparringError('usage', `${JSON.stringify(text)} is not a host that can be allowed.`, {
    next: 'Give --allow-host a name, *.name, an IP address, or *, with or without :port.',
  });
}

/** Whether a host (as `bareHostname` writes it) and its port are meant. */
export function matchesHost(pattern: HostPattern, hostname: string, port: string): boolean {
  if (pattern.port !== undefined && pattern.port !== port) return false;
  if (pattern.kind === 'any') return true;
  if (pattern.kind === 'exact') return hostname === pattern.hostname;
  return hostname.endsWith(`.${pattern.hostname}`);
}
