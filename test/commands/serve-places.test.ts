import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, makeFolder, petstore, runSparring, startServer, stopServers } from './run-sparring.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
  for (const name of ['one', 'two']) {
    await mkdir(join(folder.path, name));
    await copyFile(petstore, join(folder.path, name, 'openapi.yaml'));
  }
});
afterEach(stopServers);
afterAll(() => folder.remove());

async function statuses(server: Awaited<ReturnType<typeof startServer>>, ...paths: readonly string[]) {
  return Promise.all(paths.map(async (path) => (await server.fetch(path)).status));
}

describe('sparring serve', () => {
  it('serves a single API at / too, and says so', async () => {
    const server = await startServer(['hive'], { json: false });
    expect(server.output.stdout).toContain(`Also at ${server.url}/`);
    expect(await statuses(server, '/hive/customers', '/customers')).toEqual([401, 401]);
  });

  it('takes another place from --mount, and another name from --name', async () => {
    const server = await startServer([petstore, '--mount', '/v1', '--name', 'shop']);
    expect(jsonLines(server.output.stdout)[0].apis).toEqual([{ name: 'shop', url: `${server.url}/v1` }]);
    expect(await statuses(server, '/v1/pets', '/shop/pets', '/pets', '/petstore/pets')).toEqual([
      200, 200, 404, 404,
    ]);
  });

  it('tells two documents of one name apart by --name', async () => {
    const files = ['one/openapi.yaml', 'two/openapi.yaml'];
    const refused = await runSparring(['serve', ...files, '--port', '0'], { cwd: folder.path });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--name <document>=<name>')]);
    const server = await startServer([...files, '--name', 'two/openapi.yaml=other'], { cwd: folder.path });
    expect(await statuses(server, '/openapi/pets', '/other/pets')).toEqual([200, 200]);
  });

  it.each([
    [['--name', 'x'], /2 documents/],
    [['--name', 'three.yaml=x'], /no document/],
    [['--name', 'openapi.yaml=x'], /2 documents/],
    [['--name', 'one/openapi.yaml=A B'], /cannot be named/],
    [['--mount', '/v1', '--name', 'two/openapi.yaml=other'], /--mount <api>=<path>/],
    [['--auth', 'none'], /strict, lenient, off/],
  ])('refuses %j', async (flags, message) => {
    const files = ['one/openapi.yaml', 'two/openapi.yaml'];
    const { code, stderr } = await runSparring(['serve', ...files, '--port', '0', ...flags], {
      cwd: folder.path,
    });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('takes names, places and the mode of authentication from the configuration', async () => {
    const config = {
      apis: [{ name: 'shop', file: 'one/openapi.yaml' }, 'hive'],
      mount: { shop: '/v1' },
      auth: 'off',
    };
    await writeFile(join(folder.path, 'sparring.config.json'), JSON.stringify(config));
    const server = await startServer(['--config', 'sparring.config.json'], { cwd: folder.path });
    expect(await statuses(server, '/v1/pets', '/shop/pets', '/hive/customers')).toEqual([200, 200, 200]);
  });

  it('tells the credentials that it made beyond loopback once, and keeps them with --data', async () => {
    const flags = ['hive', '--host', '0.0.0.0', '--data', join(folder.path, 'state.json')];
    const first = await startServer(flags, { json: false });
    const [, pair = ''] = /basic (HiveDemoKey\S+:\w{32})/.exec(first.output.stdout) ?? [];
    expect(first.output.stdout.split(pair.split(':')[1] ?? '-')).toHaveLength(3);
    await first.stop();
    const second = await startServer(flags);
    const [ready] = jsonLines(second.output.stdout);
    expect(ready.apis[0].credentials).toContain(pair);
    const authorization = `Basic ${btoa(pair)}`;
    expect((await second.fetch('/hive/token', { headers: { authorization } })).status).toBe(200);
  });
});
