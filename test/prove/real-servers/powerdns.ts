import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { installDebian } from './install-debian.ts';
import { jsonOf, sending } from './json-of.ts';
import type { RealServer, State } from './real-server.ts';
import { freePort, startProcess } from './started-process.ts';

const key = 'proof-key';
const headers = { 'x-api-key': key };

/** What is compared: each table's rows by what names them, without numbers that only the database gives. */
const queries: Readonly<Record<string, string>> = {
  zone: `select name as key, type, master, account, catalog, options, notified_serial from domains`,
  record: `select d.name || ' ' || r.name || ' ' || r.type || ' ' || r.content as key, r.ttl, r.prio, r.disabled, r.ordername, r.auth
    from records r join domains d on d.id = r.domain_id`,
  comment: `select d.name || ' ' || c.name || ' ' || c.type || ' ' || c.comment as key, c.account, c.modified_at
    from comments c join domains d on d.id = c.domain_id`,
  metadata: `select d.name || ' ' || m.kind || ' ' || m.content as key
    from domainmetadata m join domains d on d.id = m.domain_id`,
  cryptokey: `select d.name || ' ' || k.id as key, k.flags, k.active, k.published, k.content
    from cryptokeys k join domains d on d.id = k.domain_id`,
  tsigkey: `select name as key, algorithm, secret from tsigkeys`,
  autoprimary: `select ip || ' ' || nameserver as key, account from supermasters`,
};

/** PowerDNS Authoritative Server over an SQLite database, with its HTTP API. */
export const powerdns: RealServer = {
  name: 'powerdns',
  install: () => installDebian(['pdns-server', 'pdns-backend-sqlite3']),
  async start(folder) {
    const file = join(folder, 'pdns.sqlite3');
    const schema = await readFile('/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql', 'utf8');
    const database = new DatabaseSync(file);
    database.exec(schema);
    database.close();
    const port = await freePort();
    await writeFile(join(folder, 'pdns.conf'), configuration(folder, file, port, await freePort()));
    const { stop } = await startProcess(
      ['/usr/sbin/pdns_server', `--config-dir=${folder}`],
      folder,
      /\[webserver\] Listening for HTTP requests/,
    );
    const url = `http://127.0.0.1:${port}/api/v1`;
    await fill(`${url}/servers/localhost`);
    const document = join(folder, 'openapi.yaml');
    const docs = await fetch(`http://127.0.0.1:${port}/api/docs`, { headers });
    if (!docs.ok) throw new Error(`This PowerDNS serves no document: ${docs.status} ${await docs.text()}`);
    await writeFile(document, await docs.text());
    const { version } = await jsonOf(`${url}/servers/localhost`, { headers });
    return {
      url,
      document,
      version: `pdns-server ${version}`,
      options: ['--api-key', `X-API-Key=${key}`],
      state: async () => readState(file),
      stop,
    };
  },
};

/** It speaks DNS at a free port too, asks nobody for the state of its security, and writes to its folder alone. */
function configuration(folder: string, file: string, port: number, dnsPort: number): string {
  return [
    'launch=gsqlite3',
    `gsqlite3-database=${file}`,
    'gsqlite3-dnssec=yes',
    'local-address=127.0.0.1',
    `local-port=${dnsPort}`,
    'api=yes',
    `api-key=${key}`,
    'webserver=yes',
    'webserver-address=127.0.0.1',
    `webserver-port=${port}`,
    `socket-dir=${folder}`,
    'security-poll-suffix=',
    'daemon=no',
    'guardian=no',
    '',
  ].join('\n');
}

/** Two zones, one with records, a comment, metadata and a key to sign with; a TSIG key; an autoprimary. */
async function fill(url: string): Promise<void> {
  const send = (method: string, path: string, body: unknown) =>
    jsonOf(`${url}${path}`, sending(method, body, headers));
  const rrset = (name: string, type: string, content: string) => ({
    name,
    type,
    ttl: 300,
    changetype: 'REPLACE',
    records: [{ content, disabled: false }],
  });
  await send('POST', '/zones', {
    name: 'example.org.',
    kind: 'Native',
    nameservers: ['ns1.example.org.'],
    rrsets: [rrset('www.example.org.', 'A', '192.0.2.10'), rrset('mail.example.org.', 'A', '192.0.2.25')],
  });
  await send('POST', '/zones', { name: 'example.net.', kind: 'Native', nameservers: ['ns1.example.org.'] });
  await send('PATCH', '/zones/example.org.', {
    rrsets: [
      {
        ...rrset('ftp.example.org.', 'A', '192.0.2.21'),
        comments: [{ content: 'Moved in spring.', account: 'ann', modified_at: 1_700_000_000 }],
      },
    ],
  });
  await send('POST', '/zones/example.org./metadata', { kind: 'X-OWNER', metadata: ['ann', 'bob'] });
  await send('POST', '/zones/example.org./cryptokeys', { keytype: 'ksk', active: true });
  await send('POST', '/tsigkeys', { name: 'transfer', algorithm: 'hmac-sha256' });
  await send('POST', '/autoprimaries', { ip: '192.0.2.53', nameserver: 'ns2.example.org', account: 'ann' });
}

/** The database itself, so that nothing is hidden by what the API shows. */
function readState(file: string): State {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return new Map(
      Object.entries(queries).flatMap(([kind, query]) =>
        database
          .prepare(query)
          .all()
          .map(({ key: name, ...rest }): [string, string] => [`${kind} ${name}`, JSON.stringify(rest)]),
      ),
    );
  } finally {
    database.close();
  }
}
