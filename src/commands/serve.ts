import type { Command } from 'commander';
import type { MockOptions } from '../server/options.ts';
import { createMock } from '../server/create-mock.ts';
import { version } from '../version.ts';
import { makeCertificate, readCertificate } from './certificate.ts';
import { readConfig, type SparringConfig } from './config-file.ts';
import { createRequestLog } from './request-log.ts';
import { addServeFlags, parseLatency, type ServeFlags } from './serve-flags.ts';
import { shutDownOnSignal } from './shut-down-on-signal.ts';
import { formatStart } from './format-start.ts';
import { watchDocuments } from './watch-documents.ts';
import { generateAdminToken } from './generate-admin-token.ts';

const defaultPort = 4010;

/** `sparring serve [api...]`: starts the mock and runs until it is told to stop. */
export function addServe(program: Command): void {
  const command = program
    .command('serve', { isDefault: false })
    .description('Serve mocks of bundled APIs and of your own OpenAPI documents')
    .argument('[api...]', 'names of bundled APIs and paths of documents (default: every bundled API)');
  addServeFlags(command).action(serve);
}

async function serve(apis: readonly string[], flags: ServeFlags): Promise<void> {
  const config = await readConfig(process.cwd(), flags.config);
  const json = flags.json ?? config.json ?? false;
  const log = createRequestLog({ json, requests: flags.quiet !== true, stream: process.stdout });
  const options = await mockOptionsOf(apis, flags, config);
  const mock = await createMock({ ...options, onNotice: log.notice, onExchange: log.exchange });
  if (json) log.event({ event: 'ready', url: mock.url, apis: mock.apis.map(({ name, url }) => ({ name, url })) });
  else console.log(formatStart(mock, { version, ...options }));
  if (flags.watch ?? config.watch) watchDocuments(mock, log.notice);
  shutDownOnSignal(mock, log.notice);
}

async function mockOptionsOf(apis: readonly string[], flags: ServeFlags, config: SparringConfig): Promise<MockOptions> {
  const host = flags.host ?? config.host ?? '127.0.0.1';
  const https = await certificateOf(flags, config, host);
  return {
    apis: apis.length > 0 ? apis : config.apis,
    host,
    port: flags.port ?? config.port ?? defaultPort,
    https,
    seed: flags.seed ?? config.seed,
    now: flags.now ?? config.now,
    timeScale: flags.timeScale ?? config.timeScale,
    fixtures: flags.fixtures ?? config.fixtures,
    data: flags.data ?? config.data,
    cors: flags.cors ?? config.cors,
    allowHosts: flags.allowHost ?? config.allowHosts,
    latency: flags.latency ?? (typeof config.latency === 'string' ? parseLatency(config.latency) : config.latency),
    credentials: flags.credential ?? config.credentials,
    settings: flags.set ?? config.settings,
    adminToken: flags.adminToken ?? config.adminToken ?? generateAdminToken(host),
  };
}

async function certificateOf(flags: ServeFlags, config: SparringConfig, host: string): Promise<MockOptions['https']> {
  const given = typeof config.https === 'object' ? config.https : undefined;
  const key = flags.httpsKey ?? given?.key;
  const cert = flags.httpsCert ?? given?.cert;
  if (key !== undefined && cert !== undefined) return readCertificate(key, cert);
  return flags.https || config.https ? makeCertificate(host, new Date()) : undefined;
}
