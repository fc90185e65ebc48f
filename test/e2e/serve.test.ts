import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  jsonLines,
  makeFolder,
  petstore,
  runSparring,
  startServer,
  stopServers,
} from '../commands/run-sparring.ts';

const run = promisify(execFile);
const ansi = String.fromCharCode(27);

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});
afterEach(stopServers);
afterAll(() => folder.remove());

/** Writes a file in the test's folder and returns its path. */
async function write(name: string, text: string): Promise<string> {
  const file = join(folder.path, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
}

describe('the start table', () => {
  it('shows each API, its URL, its demo credentials, a curl line that works and the admin URL', async () => {
    const server = await startServer(['hive', petstore], { json: false });
    const { stdout } = server.output;
    expect(stdout).toMatch(/Sparring \d+\.\d+\.\d+ stands in for 2 APIs/);
    const demo = 'HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000';
    expect(stdout).toContain(`  hive      ${server.url}/hive      basic ${demo}`);
    expect(stdout).toContain(`  petstore  ${server.url}/petstore  none needed`);
    expect(stdout).toContain(`${server.url}/_sparring/health`);
    expect(stdout).not.toContain(ansi);

    const curls = stdout.split('\n').filter((line) => line.startsWith('  curl '));
    const answers = await Promise.all(
      curls.map((line) => run('sh', ['-c', line.replace('curl ', 'curl --silent --show-error --fail ')])),
    );
    expect(answers.map((answer) => JSON.parse(answer.stdout))).toEqual([
      { access_token: expect.any(String), expires_in: 3599 },
      expect.any(Array),
    ]);
    expect((await server.fetch('/_sparring/health')).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('is what npm start prints', async () => {
    const { scripts } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(scripts.start).toBe('node src/cli.ts serve');
  });
});

describe('the log', () => {
  it('is one JSON object a line with --json, without colour and without secrets', async () => {
    const server = await startServer(['hive', '--credential', 'hive.basic=me:s3cr3t-of-mine']);
    const authorization = `Basic ${btoa('me:s3cr3t-of-mine')}`;
    const issued = await server.fetch('/hive/token', { headers: { authorization } });
    const { access_token } = await issued.json();
    const bearer = { authorization: `Bearer ${access_token}` };
    expect((await server.fetch('/hive/customers', { headers: bearer })).status).toBe(200);
    expect((await server.fetch('/hive/customers')).status).toBe(401);
    await server.fetch('/hive/customers?access_token=t0ken-in-query&limit=3', { headers: bearer });
    await server.stop();

    const lines = jsonLines(server.output.stdout);
    expect(lines.map(({ event, status, operation }) => event ?? `${status} ${operation}`)).toEqual([
      'ready',
      '200 createToken',
      '200 listCustomers',
      '401 listCustomers',
      '200 listCustomers',
    ]);
    expect(lines.at(-1).url).toBe('/customers?access_token=[redacted]&limit=3');
    const output = server.output.stdout + server.output.stderr;
    for (const secret of [
      's3cr3t-of-mine',
      't0ken-in-query',
      access_token,
      btoa('me:s3cr3t-of-mine'),
      ansi,
    ]) {
      expect(output).not.toContain(secret);
    }
  });

  it('leaves requests out with --quiet', async () => {
    const server = await startServer([petstore, '--quiet']);
    await server.fetch('/petstore/pets');
    await server.stop();
    expect(jsonLines(server.output.stdout)).toHaveLength(1);
  });
});

describe('a start that fails ends with code 2', () => {
  it('on a busy port, named with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await runSparring(['serve', petstore, '--port', `${port}`]);
    other.close();
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr).toContain(`--port ${port + 1}, or --port 0`);
    expect(code).toBe(2);
  });

  it('on a document with an error, at its file, line and column', async () => {
    const file = await write(
      'wrong.yaml',
      (await readFile(petstore, 'utf8')).replace('operationId: createPet', 'operationId: [1]'),
    );
    const { code, stderr } = await runSparring(['serve', file, '--port', '0']);
    expect(stderr).toMatch(/wrong\.yaml:15:\d+/);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(2);
  });

  it('on a document that is not there', async () => {
    const { code, stderr } = await runSparring(['serve', './nowhere.yaml', '--port', '0']);
    expect(stderr).toContain('nowhere.yaml');
    expect(code).toBe(2);
  });
});

describe('options of the mock', () => {
  it('are taken from flags', async () => {
    const server = await startServer([
      'hive',
      petstore,
      '--no-fixtures',
      '--now',
      '2030-01-02T03:04:05Z',
      '--seed',
      '7',
      '--set',
      'hive.check_delay=5s',
      '--credential',
      'hive.basic=me:secret',
      '--cors',
      'https://app.example',
      '--allow-host',
      'mock.example',
    ]);
    const authorization = `Basic ${btoa('me:secret')}`;
    const { access_token } = await (await server.fetch('/hive/token', { headers: { authorization } })).json();
    const headers = { authorization: `Bearer ${access_token}` };
    const customers = await (await server.fetch('/hive/customers', { headers })).json();
    expect(customers.meta.total).toBe(0);
    const created = await server.fetch('/hive/customers', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ email: 'a@b.example' }),
    });
    expect(await created.json()).toMatchObject({ created_at: Date.parse('2030-01-02T03:04:05Z') / 1000 });
    const preflight = await server.fetch('/petstore/pets', { headers: { origin: 'https://app.example' } });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(
      (await server.fetch('/petstore/pets', { headers: { origin: 'https://other.example' } })).status,
    ).toBe(403);
  });

  it('take several credentials, settings and origins from one variable, apart by spaces', async () => {
    const api = await write('two/two.yaml', twoSchemes);
    const server = await startServer(['hive', api], {
      env: {
        SPARRING_CREDENTIAL: 'hive.basic=me:pass word two.key=k3y',
        SPARRING_SET: 'hive.check_delay=5s hive.sandbox=true',
        SPARRING_CORS: 'https://a.example https://b.example',
      },
    });
    const basic = { authorization: `Basic ${btoa('me:pass word')}` };
    expect((await server.fetch('/hive/token', { headers: basic })).status).toBe(200);
    expect((await server.fetch('/two/things', { headers: { 'x-key': 'k3y' } })).status).toBe(200);
    expect((await server.fetch('/two/things', { headers: { 'x-key': 'other' } })).status).toBe(401);
    const page = await server.fetch('/two/things', {
      headers: { 'x-key': 'k3y', origin: 'https://b.example' },
    });
    expect(page.headers.get('access-control-allow-origin')).toBe('https://b.example');
  });
});

const twoSchemes = `
openapi: 3.1.0
info: { title: Two, version: '1' }
security: [{ key: [] }]
paths:
  /things:
    get:
      operationId: listThings
      responses: { '200': { description: All, content: { application/json: { schema: { type: array } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
`;

describe('the admin token', () => {
  const authorized = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it('is made and told at the start of a server that other machines can reach', async () => {
    const server = await startServer([petstore, '--host', '0.0.0.0']);
    const [{ adminToken }] = jsonLines(server.output.stdout);
    expect((await server.fetch('/_sparring/state')).status).toBe(401);
    expect((await server.fetch('/_sparring/state', authorized(adminToken))).status).toBe(200);
  });

  it('is asked for and not shown when it was given', async () => {
    const token = 'a-token-of-my-own-choice';
    const server = await startServer([petstore, '--admin-token', token], { json: false });
    expect((await server.fetch('/_sparring/state')).status).toBe(401);
    expect((await server.fetch('/_sparring/state', authorized(token))).status).toBe(200);
    expect(server.output.stdout).not.toContain(token);
  });
});

describe('HTTPS', () => {
  interface Secure {
    readonly status: number | undefined;
    readonly names: string;
    readonly cert: string;
  }

  function fetchSecurely(url: string): Promise<Secure> {
    return new Promise((resolve, reject) => {
      get(url, { rejectUnauthorized: false, agent: false }, (response) => {
        const certificate = (response.socket as TLSSocket).getPeerCertificate();
        const cert = certificate.raw.toString('base64');
        response
          .resume()
          .on('end', () =>
            resolve({ status: response.statusCode, names: certificate.subjectaltname ?? '', cert }),
          );
      }).on('error', reject);
    });
  }

  it('is served with a certificate made for the loopback names', async () => {
    const server = await startServer([petstore, '--https']);
    expect(server.url).toMatch(/^https:/);
    const { status, names } = await fetchSecurely(`${server.url}/petstore/pets`);
    expect(status).toBe(200);
    expect(names.split(', ')).toEqual([
      'DNS:localhost',
      'DNS:*.localhost',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
    ]);
  });

  it('is served with a given key and certificate', async () => {
    const { makeCertificate } = await import('../../src/commands/common/certificate.ts');
    const made = await makeCertificate('mock.example', new Date());
    const key = await write('key.pem', made.key);
    const cert = await write('cert.pem', made.cert);
    const server = await startServer([petstore, '--https-key', key, '--https-cert', cert]);
    const answer = await fetchSecurely(`${server.url}/petstore/pets`);
    expect(answer.status).toBe(200);
    expect(answer.names).toContain('DNS:mock.example');
    expect(made.cert.replace(/\s/g, '')).toContain(answer.cert);

    const missing = await runSparring([
      'serve',
      petstore,
      '--https-key',
      join(folder.path, 'none.pem'),
      '--https-cert',
      cert,
    ]);
    expect(missing.stderr).toMatch(/none\.pem cannot be read \(ENOENT\)/);
    expect(missing.code).toBe(2);
    const swapped = await runSparring([
      'serve',
      petstore,
      '--https-key',
      cert,
      '--https-cert',
      key,
      '--port',
      '0',
    ]);
    expect(swapped.stderr).toMatch(/cert\.pem/);
    expect(swapped.stderr).not.toContain('    at ');
    expect(swapped.code).toBe(2);
  });
});

describe('a signal', () => {
  it.for(['SIGINT', 'SIGTERM'] as const)(
    '%s lets a running request end, then exits with 0',
    async (signal) => {
      const server = await startServer([
        petstore,
        '--latency',
        '300ms',
        '--data',
        join(folder.path, `${signal}.json`),
      ]);
      const socketOpen = server.fetch('/petstore/pets', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Rex"}',
      });
      await server.fetch('/_sparring/health');
      server.kill(signal);
      expect((await socketOpen).status).toBe(201);
      expect(await server.ended).toBe(0);
      expect(server.output.stderr).toBe('');
    },
  );

  it('given twice exits at once with 130', async () => {
    const server = await startServer([petstore, '--latency', '5s']);
    const cut = server.fetch('/petstore/pets').then(
      () => 'answered',
      () => 'cut',
    );
    await server.fetch('/_sparring/health');
    server.kill('SIGINT');
    await expect
      .poll(() =>
        server.fetch('/_sparring/health').then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    server.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(await cut).toBe('cut');
  });
});

describe('--watch', () => {
  it('loads a changed document again, keeps the state, and serves the old one while an edit is broken', async () => {
    const text = await readFile(petstore, 'utf8');
    const file = await write('watched/pets.yaml', text);
    const server = await startServer([file, '--watch', '--no-fixtures']);
    const created = await server.fetch('/pets/pets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Rex"}',
    });
    const pet = await created.json();

    await writeFile(file, `${text}\npaths: [`);
    const [, reported = ''] = await server.printed(/("level":"error".*)/);
    expect(reported).toMatch(/pets\.yaml:\d+:\d+/);
    expect(await (await server.fetch('/pets/pets')).json()).toEqual([pet]);

    await writeFile(
      file,
      text.replace(
        '  /pets:\n',
        '  /animals:\n    get: { operationId: listAnimals, responses: { "204": { description: None } } }\n  /pets:\n',
      ),
    );
    await server.printed(/pets was loaded again/);
    expect((await server.fetch('/pets/animals')).status).toBe(204);
    expect(await (await server.fetch('/pets/pets')).json()).toEqual([pet]);
    expect(jsonLines(server.output.stdout).length).toBeGreaterThan(4);
    expect(await server.stop()).toBe(0);
  });
});
