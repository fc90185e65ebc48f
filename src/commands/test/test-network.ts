import { isLoopback } from '../../contract/execute/transport/transport.ts';
import type { NetworkOptions } from '../../contract/execute/transport/undici-transport.ts';
import { SparringError } from '../../errors.ts';
import { readPem } from '../common/certificate.ts';
import type { TargetFlags } from './test-target-flags.ts';

/**
 * How a server is reached: by which proxy, with which certificates.
 *
 * @throws SparringError `usage` for half a pair, `config-invalid` for files that cannot be read
 */
export async function testNetworkOf(
  url: string,
  flags: TargetFlags,
  environment: NodeJS.ProcessEnv,
): Promise<NetworkOptions> {
  const { ca, cert, insecure, key, rate, timeout } = flags;
  if ((cert === undefined) !== (key === undefined))
    throw new SparringError(
      'usage',
      'A client certificate needs its private key; only one of them is given.',
      {
        next: 'Give both --cert and --key.',
      },
    );
  const files = await Promise.all([readOptional(ca), readOptional(cert), readOptional(key)]);
  return {
    rate,
    timeout,
    onWait: (milliseconds) =>
      console.error(`The server asks for a pause (429); waiting ${Math.ceil(milliseconds / 1000)} s.`),
    proxy: proxyOf(url, flags, environment),
    tls: { ca: files[0], cert: files[1], key: files[2], insecure },
  };
}

function readOptional(file: string | undefined): Promise<string> | undefined {
  return file === undefined ? undefined : readPem(file);
}

/** The environment's proxies are for servers elsewhere, and NO_PROXY names hosts that are reached without one. */
function proxyOf(url: string, { proxy }: TargetFlags, environment: NodeJS.ProcessEnv): string | undefined {
  if (proxy !== undefined) return checkedProxy(proxy, '--proxy');
  const { hostname, protocol } = new URL(url);
  if (isLoopback(url)) return undefined;
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const inherited = environment[name] || environment[name.toLowerCase()];
  if (!inherited || isExcepted(hostname, environment.NO_PROXY ?? environment.no_proxy ?? ''))
    return undefined;
  return checkedProxy(inherited, name);
}

function isExcepted(hostname: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .map((entry) => entry.replace(/^\*?\./, '').replace(/:\d+$/, ''))
    .some(
      (entry) => entry === '*' || (entry !== '' && (hostname === entry || hostname.endsWith(`.${entry}`))),
    );
}

function checkedProxy(text: string, name: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  // Not shown: a proxy's URL may hold a password.
  throw new SparringError('usage', `${name} is no URL of a proxy.`, {
    next: 'Write one such as http://proxy.example.com:8080.',
  });
}
