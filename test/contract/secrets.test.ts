import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reporters } from '../../src/contract/report/reporters.ts';
import { makeFolder, runSparring } from '../commands/run-sparring.ts';

const token = 'kept/quiet+"with"&signs';
const key = 'kept-quiet-0123456789';

const document = {
  openapi: '3.1.0',
  info: { title: 'Doors', version: '1' },
  security: [{ bearer: [], key: [] }],
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'query', name: 'door' },
    },
  },
  paths: {
    '/doors': { get: { operationId: 'listDoors', responses: { 200: { description: 'All.' } } } },
    '/doors/{id}': {
      get: {
        operationId: 'readDoor',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'One.' } },
      },
    },
  },
};

/** A server that fails, and repeats what it was sent in every way it can. */
const server = createServer((request, response) => {
  const { authorization = '' } = request.headers;
  response.writeHead(500, { 'content-type': 'application/json', 'x-echo': authorization });
  response.end(JSON.stringify({ url: request.url, authorization, again: [authorization.slice(7)] }));
});
let folder: Awaited<ReturnType<typeof makeFolder>>;
let url = '';

beforeAll(async () => {
  folder = await makeFolder();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  writeFileSync(join(folder.path, 'doors.json'), JSON.stringify(document));
});
afterAll(async () => {
  server.close();
  await folder.remove();
});

it('no reporter, ledger, baseline or emitted test tells the credentials, even where the server repeats them', async () => {
  const names = Object.keys(reporters);
  const config = {
    test: { url, reporters: names.map((name) => (name === 'terminal' ? name : `${name}=${name}.out`)) },
  };
  writeFileSync(join(folder.path, 'sparring.config.json'), JSON.stringify(config));
  const args = ['test', 'doors.json', '--emit-tests', 'failures.test.ts', '--ledger', 'run.jsonl'];
  const baseline = ['--baseline', 'known.json', '--update-baseline', '--coverage'];
  const { code, stderr, stdout } = await runSparring([...args, ...baseline], {
    cwd: folder.path,
    env: { SPARRING_TOKEN: token, SPARRING_API_KEY: key },
  });
  expect(stderr).toBe('');
  // All that failed is known now.
  expect(code).toBe(0);
  expect(stdout).toContain('KNOWN  no-server-error');
  expect(stdout).toMatch(/none failed, \d+ known\.$/m);
  const json = readFileSync(join(folder.path, 'json.out'), 'utf8');
  expect(json).toContain('\\"authorization: Bearer $SPARRING_TOKEN\\"');
  expect(json).toContain('door=$SPARRING_API_KEY');

  const own = ['doors.json', 'sparring.config.json'];
  const files = readdirSync(folder.path).filter((name) => !own.includes(name));
  expect(files).toEqual(
    expect.arrayContaining([
      ...names.slice(1).map((name) => `${name}.out`),
      'failures.test.ts',
      'known.json',
      'run.jsonl',
    ]),
  );
  const texts = [stdout, ...files.map((name) => readFileSync(join(folder.path, name), 'utf8'))];
  for (const text of texts) expect(text).not.toMatch(/kept.{1,3}quiet|a2VwdC9x/i);
});

it('a typo in what is to be tested is told with the nearest, since else nothing would fail', async () => {
  const { code, stderr } = await runSparring(['test', 'doors.json', '--only', 'readDor'], {
    cwd: folder.path,
  });
  expect(stderr).toMatch(/No case has "readDor" in its id\.\nDid you mean readDoor\?/);
  expect(code).toBe(2);
});

it('credentials in the URL are refused, and not repeated', async () => {
  const withPassword = url.replace('//', '//me:hidden@');
  const { code, stderr } = await runSparring(['test', 'doors.json', '--url', withPassword], {
    cwd: folder.path,
  });
  expect(stderr).toContain('--basic user:password');
  expect(stderr).not.toContain('hidden');
  expect(code).toBe(2);
});
