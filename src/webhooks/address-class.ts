import { BlockList, isIP } from 'node:net';

/** `never`: link-local, cloud metadata, unspecified, multicast, broadcast, reserved. */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never';

type Subnet = readonly [address: string, prefix: number];

/** Whether an address is in one of the subnets. The list is made at the first question: it takes 6 % of a start. */
function matcherOf(subnets: readonly Subnet[]): (address: string, family: 'ipv4' | 'ipv6') => boolean {
  let list: BlockList | undefined;
  return (address, family) => {
    list ??= listOf(subnets);
    return list.check(address, family);
  };
}

function listOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets)
    list.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

const isNever = matcherOf([
  ['0.0.0.0', 8], // this network, unspecified (RFC 1122)
  ['169.254.0.0', 16], // link-local (RFC 3927), metadata of most clouds
  ['100.100.100.200', 32], // metadata, Alibaba
  ['168.63.129.16', 32], // platform address, Azure
  ['192.0.0.192', 32], // metadata, Oracle
  ['224.0.0.0', 4], // multicast (RFC 5771)
  ['240.0.0.0', 4], // reserved and broadcast (RFC 1112)
  ['::', 128], // unspecified
  ['fe80::', 10], // link-local
  ['fd00:ec2::254', 128], // metadata, AWS
  ['fd20:ce::254', 128], // metadata, Google
  ['fd00:42::42', 128], // metadata, Scaleway
  ['ff00::', 8], // multicast
  ['64:ff9b:1::', 48], // NAT64 for local use (RFC 8215): what it reaches cannot be told
  ['2001::', 32], // Teredo (RFC 4380)
  ['100::', 64], // discard (RFC 6666)
]);

const isLoopback = matcherOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

const isPrivate = matcherOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // shared address space (RFC 6598)
  ['192.0.0.0', 24], // protocol assignments (RFC 6890)
  ['198.18.0.0', 15], // benchmarking (RFC 2544)
  ['fc00::', 7], // unique local (RFC 4193)
  ['fec0::', 10], // site-local (RFC 3879)
]);

/** The eight 16-bit groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const hostname = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = hostname.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

function ipv4From(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The IPv4 address an IPv6 address stands for, and whether it is the same socket (mapped) or a way through a gateway. */
function embeddedIpv4(address: string): { readonly address: string; readonly mapped: boolean } | undefined {
  const groups = groupsOf(address);
  const startsWith = (...prefix: number[]) => prefix.every((group, index) => groups[index] === group);
  const last = ipv4From(groups[6], groups[7]);
  if (startsWith(0, 0, 0, 0, 0, 0xffff)) return { address: last, mapped: true };
  if (startsWith(0, 0, 0, 0, 0xffff, 0)) return { address: last, mapped: false }; // translated (RFC 7915)
  if (startsWith(0, 0, 0, 0, 0, 0)) return { address: last, mapped: false }; // compatible (RFC 4291)
  if (startsWith(0x64, 0xff9b, 0, 0, 0, 0)) return { address: last, mapped: false }; // NAT64 (RFC 6052)
  if (startsWith(0x2002)) return { address: ipv4From(groups[1], groups[2]), mapped: false }; // 6to4 (RFC 3056)
  return undefined;
}

function classOf(address: string, family: 'ipv4' | 'ipv6'): AddressClass {
  if (isNever(address, family)) return 'never';
  if (isLoopback(address, family)) return 'loopback';
  return isPrivate(address, family) ? 'private' : 'public';
}

/**
 * Where an IP address leads. An IPv6 address that stands for an IPv4 one is judged as that one; loopback reached through
 * a gateway is `never`. A zone id is left out; what is no address is `never`.
 */
export function classifyAddress(address: string): AddressClass {
  const [bare = ''] = address.split('%', 1);
  const family = isIP(bare);
  if (family === 0) return 'never';
  if (family === 4) return classOf(bare, 'ipv4');
  const own = classOf(bare, 'ipv6');
  if (own === 'loopback') return own;
  const embedded = embeddedIpv4(bare);
  if (own === 'never' || !embedded) return own;
  const inner = classOf(embedded.address, 'ipv4');
  return inner === 'loopback' && !embedded.mapped ? 'never' : inner;
}
