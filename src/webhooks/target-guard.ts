import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type AddressClass, classifyAddress } from './address-class.ts';
import { bareHostname, type HostPattern, matchesHost, parseHostPattern } from './host-pattern.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name; rejects where it has none. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export interface AllowedTarget {
  readonly allowed: true;
  readonly url: URL;
  /** Of the URL; its path with its query. */
  readonly origin: string;
  readonly path: string;
  /** The pinned address: the first one. */
  readonly address: string;
  readonly family: 4 | 6;
  /** All of them, every one checked, in the order to try them. */
  readonly addresses: readonly ResolvedAddress[];
}

export interface RefusedTarget {
  readonly allowed: false;
  /** `dns`: the name did not resolve, which may pass; the others will not change by trying again. */
  readonly code: 'blocked' | 'invalid-url' | 'dns';
  readonly reason: string;
  /** What would allow it, where anything would. */
  readonly flag?: string;
}

export type TargetVerdict = AllowedTarget | RefusedTarget;

/** Judges one URL, resolving its name once; at once where no resolver has to be asked again. Never rejects. */
export type TargetGuard = (url: string) => TargetVerdict | Promise<TargetVerdict>;

export interface TargetGuardOptions {
  /** Patterns as `--allow-host` takes them. */
  readonly allowHosts?: readonly string[];
  /**
   * Loopback and this machine's own addresses are targets only where a pattern names them, not by `*` alone: what listens there
   * trusts its callers, and other machines can reach the server that would call it for them.
   */
  readonly closesOwn?: boolean;
  readonly lookup?: Lookup;
  /** This machine's own addresses; default: those of its interfaces now. */
  readonly ownAddresses?: () => readonly string[];
}

/** What a guard judges by. */
interface Rules {
  readonly allowed: readonly HostPattern[];
  readonly closesOwn: boolean;
  readonly lookup: Lookup;
  readonly ownAddresses: () => readonly string[];
}

const metadataNames = [
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
];
const loopbackAddresses: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Verdicts kept at a time. */
const mostKept = 1000;

async function lookupAll(hostname: string): Promise<readonly ResolvedAddress[]> {
  const addresses = await systemLookup(hostname, { all: true });
  return addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function refused(code: RefusedTarget['code'], reason: string, flag?: string): RefusedTarget {
  return { allowed: false, code, reason, ...(flag !== undefined && { flag }) };
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}

/** Names that are loopback by definition (RFC 6761, 6.3) need no resolver, and must not be led elsewhere by one. */
function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

function isUnresolved(hostname: string): boolean {
  return isIP(hostname) !== 0 || isLoopbackName(hostname);
}

/** Of the interfaces of this machine, loopback left out. */
function interfaceAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal }) => !internal).map(({ address }) => address),
  );
}

/** One notation an address, so that two of them can be compared; IPv4 in IPv6 is IPv4. */
function comparable(address: string): string {
  const [bare = ''] = address.split('%', 1);
  if (isIP(bare) !== 6) return bare;
  const text = bareHostname(new URL(`http://[${bare}]`).hostname);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return text;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

/** Why an address may not be reached, or undefined. A private one needs a pattern that names the host, not just `*`. */
function objectionTo(
  address: string,
  kind: AddressClass,
  host: string,
  patterns: readonly HostPattern[],
  flag: string,
  rules: Rules,
): RefusedTarget | undefined {
  const where = address === host ? host : `${host} is ${address}, which`;
  if (kind === 'never') {
    return refused(
      'blocked',
      `${where} is a link-local, metadata, multicast or reserved address, and never a target.`,
    );
  }
  const isNamed = patterns.some((pattern) => pattern.kind !== 'any');
  if (rules.closesOwn && !isNamed && (kind === 'loopback' || isOwn(address, rules))) {
    return refused(
      'blocked',
      `${where} is this machine itself, which a server that other machines can reach calls only where it is allowed by name.`,
      flag,
    );
  }
  if (kind === 'loopback') return undefined;
  if (patterns.length === 0) return refused('blocked', `${where} is beyond this machine.`, flag);
  if (kind === 'public' || isNamed) return undefined;
  return refused('blocked', `${where} is in a private network, which * alone does not allow.`, flag);
}

async function addressesOf(hostname: string, lookup: Lookup): Promise<readonly ResolvedAddress[]> {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family: family === 6 ? 6 : 4 }];
  return isLoopbackName(hostname) ? loopbackAddresses : lookup(hostname);
}

function isOwn(address: string, { ownAddresses }: Rules): boolean {
  const asked = comparable(address);
  return ownAddresses().some((own) => comparable(own) === asked);
}

async function judge(text: string, rules: Rules): Promise<TargetVerdict> {
  const url = URL.parse(text);
  if (!url || url.hostname === '') return refused('invalid-url', `${JSON.stringify(text)} is not a URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refused('invalid-url', `A webhook goes to http: or https:, not to ${url.protocol}`);
  }
  // The parser has already turned decimal, octal, hexadecimal and short IPv4 notations into the dotted one.
  const hostname = bareHostname(url.hostname);
  if (metadataNames.includes(hostname))
    return refused('blocked', `${hostname} is a cloud metadata service, and never a target.`);
  const patterns = rules.allowed.filter((pattern) => matchesHost(pattern, hostname, portOf(url)));
  const flag = `--allow-host ${url.hostname}`;
  // A name nobody allowed is not even resolved, so that nothing leaves the machine.
  if (patterns.length === 0 && !isUnresolved(hostname)) {
    return refused(
      'blocked',
      `${hostname} is not this machine; webhooks go to loopback targets only by default.`,
      flag,
    );
  }
  let addresses: readonly ResolvedAddress[];
  try {
    addresses = await addressesOf(hostname, rules.lookup);
  } catch {
    addresses = [];
  }
  const [first] = addresses;
  if (!first) return refused('dns', `The name ${hostname} does not resolve.`);
  for (const { address } of addresses) {
    const objection = objectionTo(address, classifyAddress(address), hostname, patterns, flag, rules);
    if (objection) return objection;
  }
  const { origin, pathname, search } = url;
  const path = pathname + search;
  return { allowed: true, url, origin, path, address: first.address, family: first.family, addresses };
}

/**
 * Decides which URLs may be sent to: loopback, unless it is closed; hosts under `allowHosts` too, private networks only where a pattern
 * names the host; link-local, metadata, unspecified, multicast and reserved addresses never, in whatever notation and
 * behind whatever name. Every address of a name must pass, and the connection is made to those alone. Throws `usage` for
 * a pattern that cannot be read.
 */
export function createTargetGuard(options: TargetGuardOptions = {}): TargetGuard {
  const rules: Rules = {
    allowed: (options.allowHosts ?? []).map(parseHostPattern),
    closesOwn: options.closesOwn ?? false,
    lookup: options.lookup ?? lookupAll,
    ownAddresses: options.ownAddresses ?? interfaceAddresses,
  };
  // What no resolver was asked about is judged alike each time.
  const kept = new Map<string, AllowedTarget>();
  async function judgeAndKeep(text: string): Promise<TargetVerdict> {
    const verdict = await judge(text, rules);
    if (!verdict.allowed || !isUnresolved(bareHostname(verdict.url.hostname))) return verdict;
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, verdict);
    return verdict;
  }
  return (text) => kept.get(text) ?? judgeAndKeep(text);
}
