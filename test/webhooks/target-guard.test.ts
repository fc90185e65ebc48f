import { describe, expect, it, vi } from 'vitest';
import { classifyAddress } from '../../src/webhooks/address-class.ts';
import { createTargetGuard, type ResolvedAddress } from '../../src/webhooks/target-guard.ts';

/** A resolver that knows these names and no others, and counts how often it is asked. */
function resolver(names: Readonly<Record<string, readonly string[]>>) {
  return vi.fn(async (hostname: string): Promise<readonly ResolvedAddress[]> => {
    const addresses = names[hostname];
    if (!addresses) throw new Error(`getaddrinfo ENOTFOUND ${hostname}`);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  });
}

const everything = ['*', '*.example.com', '10.0.0.5', 'fd00::5', 'internal.example.com'];

describe('loopback', () => {
  const lookup = resolver({});
  const guard = createTargetGuard({ lookup });

  it.each([
    ['http://127.0.0.1:3000/hooks', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.0.0.1/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['https://[::1]:8443/', '::1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://localhost:3000/', '127.0.0.1'],
    ['http://LOCALHOST./', '127.0.0.1'],
    ['http://app.localhost/', '127.0.0.1'],
    ['http://example.com@127.0.0.1/', '127.0.0.1'],
  ])('%s is allowed and pinned to %s', async (url, address) => {
    expect(await guard(url)).toMatchObject({ allowed: true, address });
    expect(lookup).not.toHaveBeenCalled();
  });

  it('offers both loopback addresses for localhost, since a receiver may listen on either', async () => {
    expect(await guard('http://localhost/')).toMatchObject({
      addresses: [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ],
    });
  });
});

describe('hosts beyond this machine', () => {
  it.each([
    ['https://example.com/webhook', '--allow-host example.com'],
    ['http://127.0.0.1@example.com/', '--allow-host example.com'],
    ['http://127.0.0.1.example.com/', '--allow-host 127.0.0.1.example.com'],
    ['http://93.184.215.14/', '--allow-host 93.184.215.14'],
    ['http://192.168.1.2/', '--allow-host 192.168.1.2'],
    ['http://[2606:4700::1]/', '--allow-host [2606:4700::1]'],
  ])('%s is refused by default with the flag that allows it, unresolved', async (url, flag) => {
    const lookup = resolver({ 'example.com': ['127.0.0.1'] });
    expect(await createTargetGuard({ lookup })(url)).toMatchObject({ allowed: false, code: 'blocked', flag });
    expect(lookup).not.toHaveBeenCalled();
    const [, host = ''] = flag.split(' ');
    const allowing = createTargetGuard({
      lookup: resolver({ [host]: ['93.184.215.14'] }),
      allowHosts: [host],
    });
    expect(await allowing(url)).toMatchObject({ allowed: true });
  });

  it('resolves an allowed name once and pins the first of its addresses', async () => {
    const lookup = resolver({ 'hooks.example.com': ['93.184.215.14', '2606:4700::1'] });
    const guard = createTargetGuard({ lookup, allowHosts: ['hooks.example.com'] });
    expect(await guard('https://hooks.example.com/a')).toMatchObject({
      allowed: true,
      address: '93.184.215.14',
      family: 4,
      addresses: [{ address: '93.184.215.14' }, { address: '2606:4700::1', family: 6 }],
    });
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['example.com', 'https://example.com/', true],
    ['EXAMPLE.com', 'https://example.com./', true],
    ['example.com', 'https://www.example.com/', false],
    ['*.example.com', 'https://a.b.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://badexample.com/', false],
    ['example.com:8443', 'https://example.com:8443/', true],
    ['example.com:8443', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['example.com:80', 'https://example.com/', false],
    ['*:8443', 'https://example.com:8443/', true],
    ['*:8443', 'https://example.com/', false],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['*', 'https://example.com/', true],
  ])('the pattern %s for %s: %s', async (pattern, url, allowed) => {
    const { hostname } = new URL(url);
    const lookup = resolver({ [hostname.replace(/\.$/, '')]: ['93.184.215.14'] });
    expect(await createTargetGuard({ lookup, allowHosts: [pattern] })(url)).toMatchObject({ allowed });
  });

  it.each([
    ['10.0.0.5', 'http://10.0.0.5/', true],
    ['[fd00::1]:3000', 'http://[fd00::1]:3000/', true],
    ['[fd00::1]:3000', 'http://[fd00::1]/', false],
    ['fd00:0::1', 'http://[fd00::1]/', true],
    ['*', 'http://10.0.0.5/', false],
    ['*', 'http://[::ffff:10.0.0.5]/', false],
    ['receiver', 'http://receiver:3000/', true],
    ['*', 'http://receiver:3000/', false],
  ])('a private address needs a pattern that names it: %s for %s: %s', async (pattern, url, allowed) => {
    const lookup = resolver({ receiver: ['172.18.0.3'] });
    const verdict = await createTargetGuard({ lookup, allowHosts: [pattern] })(url);
    expect(verdict).toMatchObject(
      allowed ? { allowed } : { allowed, flag: expect.stringContaining('--allow-host ') },
    );
  });

  it.each([
    'https://example.com',
    'user@example.com',
    'exa mple',
    '',
    '*.*',
    'a*.example.com',
    'example.com:99:1',
  ])('the pattern %j is refused', (pattern) => {
    expect(() => createTargetGuard({ allowHosts: [pattern] })).toThrow('is not a host that can be allowed');
  });
});

describe('what is never a target, whatever is allowed', () => {
  const addresses = [
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '169.254.169.254.',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '0',
    '0.1.2.3',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    '240.0.0.1',
    '[::]',
    '[fe80::1]',
    '[ff02::1]',
    '[fd00:ec2::254]',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[::169.254.169.254]',
    '[::ffff:0:169.254.169.254]',
    '[64:ff9b::169.254.169.254]',
    '[64:ff9b::127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b:1::a9fe:a9fe]',
    '[2002:a9fe:a9fe::1]',
    '[2001:0:a9fe:a9fe::1]',
    '[::ffff:0.0.0.0]',
    'metadata.google.internal',
    'METADATA.google.internal.',
    'example.com@169.254.169.254',
  ];

  it.each(addresses)('%s', async (host) => {
    const lookup = resolver({ 'metadata.google.internal': ['93.184.215.14'] });
    const allowHosts = [...everything, '169.254.169.254', '[fd00:ec2::254]', 'metadata.google.internal'];
    const verdict = await createTargetGuard({ lookup, allowHosts })(`http://${host}/latest/meta-data`);
    expect(verdict).toMatchObject({ allowed: false, code: 'blocked' });
    expect(verdict).not.toHaveProperty('flag');
  });

  it.each(['169.254.169.254', 'fe80::1%eth0', '::ffff:169.254.169.254', '0.0.0.0', 'fd00:ec2::254'])(
    'a name that resolves to %s, first or last',
    async (address) => {
      for (const all of [[address], ['93.184.215.14', address], [address, '127.0.0.1']]) {
        const lookup = resolver({ 'internal.example.com': all });
        const verdict = await createTargetGuard({ lookup, allowHosts: everything })(
          'http://internal.example.com/',
        );
        expect(verdict).toMatchObject({ allowed: false, code: 'blocked' });
      }
    },
  );

  it.each([
    'http://[fe80::1%25eth0]/',
    'http://',
    'not a url',
    '/hooks',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://1.2.3.4.5/',
    'http://256.0.0.1/',
  ])('%s, which is no http URL', async (url) => {
    expect(await createTargetGuard({ allowHosts: everything })(url)).toMatchObject({
      allowed: false,
      code: 'invalid-url',
    });
  });
});

it('a name that does not resolve is told apart from one that is blocked', async () => {
  const guard = createTargetGuard({ lookup: resolver({ 'empty.example.com': [] }), allowHosts: ['*'] });
  expect(await guard('http://gone.example.com/')).toMatchObject({ allowed: false, code: 'dns' });
  expect(await guard('http://empty.example.com/')).toMatchObject({ allowed: false, code: 'dns' });
});

it('addresses that embed another are judged by it', () => {
  expect(classifyAddress('64:ff9b::93.184.215.14')).toBe('public');
  expect(classifyAddress('64:ff9b::10.0.0.1')).toBe('private');
  expect(classifyAddress('::ffff:8.8.8.8')).toBe('public');
  expect(classifyAddress('2002:0a00:0001::')).toBe('private');
  expect(classifyAddress('100.64.0.1')).toBe('private');
  expect(classifyAddress('no address')).toBe('never');
});

describe('a guard that closes this machine', () => {
  const own = ['203.0.113.7', '192.168.1.20', '2001:db8::7', '::ffff:198.51.100.9'];
  const guardWith = (allowHosts: readonly string[]) =>
    createTargetGuard({
      closesOwn: true,
      allowHosts,
      ownAddresses: () => own,
      lookup: resolver({ 'me.example.com': ['203.0.113.7'] }),
    });

  it.each([
    'http://127.0.0.1:3000/',
    'http://127.1/',
    'http://[::1]/',
    'http://app.localhost/',
    'http://203.0.113.7/',
    'http://192.168.1.20/',
    'http://[2001:db8:0::7]/',
    'http://198.51.100.9/',
  ])('refuses %s, with * too, and names the flag', async (url) => {
    for (const allowHosts of [[], ['*']]) {
      expect(await guardWith(allowHosts)(url)).toMatchObject({
        allowed: false,
        code: 'blocked',
        flag: expect.stringMatching(/^--allow-host /),
      });
    }
  });

  it('lets through what is named, and addresses of others as before', async () => {
    const guard = guardWith(['127.0.0.1', 'me.example.com', '*']);
    for (const url of ['http://127.0.0.1/', 'http://me.example.com/', 'http://203.0.113.8/'])
      expect(await guard(url)).toMatchObject({ allowed: true });
  });
});
