import type { Command } from 'commander';
import { SparringError } from '../../errors.ts';
import { createMock } from '../../server/create-mock.ts';
import type { Latency, MockOptions } from '../../server/model/mock-options.ts';
import { isLoopbackName } from '../../server/routing/exposure.ts';
import { version } from '../../version.ts';
import { makeCertificate, readCertificate } from '../common/certificate.ts';
import { readConfigFile, type SparringConfig } from '../common/config-file.ts';
import { print } from '../common/print.ts';
import { formatStart } from './format-start.ts';
import { generateAdminToken } from './generate-admin-token.ts';
import { mountOf, namedDocuments } from './named-documents.ts';
import { createRequestLog } from './request-log.ts';
import { addServeFlags, parseLatency, type ServeFlags } from './serve-flags.ts';
import { shutDownOnSignal } from './shut-down-on-signal.ts';
import { watchDocuments } from './watch-documents.ts';

const defaultPort = 4010;
/** Records that each collection of a document of one's own begins with. */
const usualRecords = 5;

/** `sparring serve [api...]`: starts the mock and runs until it is told to stop. */
export function addServe(program: Command): void {
  const command = program
    .command('serve', { isDefault: false })
    .description('Serve mocks of bundled APIs and of your own OpenAPI documents')
    .argument('[api...]', 'names of bundled APIs and paths of documents (default: every bundled API)');
  addServeFlags(command).action(serve);
}

async function serve(apis: readonly string[], flags: ServeFlags): Promise<void> {
  const config = await readConfigFile(process.cwd(), flags.config);
  const json = flags.json ?? config.json ?? false;
  const log = createRequestLog({ json, requests: flags.quiet !== true, stream: process.stdout });
  const options = await mockOptionsOf(apis, flags, config);
  const { delivery: onDelivery, exchange: onExchange, notice: onNotice } = log;
  const mock = await createMock({ ...options, onNotice, onExchange, onDelivery });
  const freshToken = (flags.adminToken ?? config.adminToken) ? undefined : options.adminToken;
  // Beyond loopback they are made for this data, and stand nowhere else.
  const isExposed = options.host !== undefined && !isLoopbackName(options.host);
  const apiUrls = mock.apis.map(({ credentials, name, url }) => ({
    name,
    url,
    ...(isExposed && { credentials }),
  }));
  if (json) log.event({ event: 'ready', url: mock.url, apis: apiUrls, adminToken: freshToken });
  else print(formatStart(mock, { ...options, version, freshToken }));
  if (flags.watch ?? config.watch) watchDocuments(mock, log.notice);
  shutDownOnSignal(mock, log.notice);
}

async function mockOptionsOf(
  apis: readonly string[],
  flags: ServeFlags,
  config: SparringConfig,
): Promise<MockOptions> {
  const host = flags.host ?? config.host ?? '127.0.0.1';
  const https = await certificateOf(flags, config, host);
  return {
    apis: namedDocuments(apis.length > 0 ? apis : config.apis, flags.name),
    mount: mountOf(flags.mount) ?? config.mount,
    auth: flags.auth ?? config.auth,
    host,
    port: flags.port ?? config.port ?? defaultPort,
    https,
    seed: flags.seed ?? config.seed,
    now: flags.now ?? config.now,
    timeScale: flags.timeScale ?? config.timeScale,
    fixtures: flags.fixtures ?? config.fixtures,
    records: flags.records ?? config.records ?? usualRecords,
    strictIds: flags.strictIds ?? config.strictIds,
    data: flags.data ?? config.data,
    cors: flags.cors ?? config.cors,
    allowHosts: flags.allowHost ?? config.allowHosts,
    latency: flags.latency ?? latencyOf(config),
    invalidStatus: flags.invalidStatus ?? config.invalidStatus,
    credentials: mergeNested(config.credentials, flags.credential),
    settings: mergeNested(config.settings, flags.set),
    adminToken: flags.adminToken ?? config.adminToken ?? generateAdminToken(host),
  };
}

function latencyOf({ latency }: SparringConfig): Latency | undefined {
  if (typeof latency !== 'string') return latency;
  try {
    return parseLatency(latency);
  } catch (cause) {
    throw new SparringError('config-invalid', `The configuration's latency is "${latency}".`, {
      next: 'Give a duration such as 200ms, or a range such as 100ms-400ms.',
      cause,
    });
  }
}

async function certificateOf(
  flags: ServeFlags,
  config: SparringConfig,
  host: string,
): Promise<MockOptions['https']> {
  const given = typeof config.https === 'object' ? config.https : undefined;
  const key = flags.httpsKey ?? given?.key;
  const cert = flags.httpsCert ?? given?.cert;
  if (key !== undefined && cert !== undefined) return readCertificate(key, cert);
  if (key !== undefined || cert !== undefined) {
    throw new SparringError(
      'usage',
      'HTTPS needs a private key and its certificate; only one of them is given.',
      {
        next: 'Give both --https-key and --https-cert, or --https for a certificate made for this machine.',
      },
    );
  }
  return flags.https || config.https ? makeCertificate(host, new Date()) : undefined;
}

type Nested<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** What flags set of an API wins over the configuration's, value by value. */
function mergeNested<T>(configured: Nested<T> = {}, given: Nested<T> = {}): Nested<T> {
  const names = new Set([...Object.keys(configured), ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, { ...configured[name], ...given[name] }]));
}
