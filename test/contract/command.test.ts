import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runSparring, startServer, stopServers } from '../commands/run-sparring.ts';

describe('sparring test', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(async () => {
    await stopServers();
    await folder.remove();
  });

  it('tests a mock that it starts, and exits with 0 when nothing fails', async () => {
    const { code, stderr, stdout } = await runSparring(['test', 'hive', '--only', 'Customer/']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ cases, \d+ requests, \d+ assertions: none failed/m);
    expect(code).toBe(0);
  });

  it('exits with 1, and names rule, place, what was expected and seen, and how to see it again', async () => {
    const server = await startServer(['hive']);
    await server.fetch('/_sparring/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sparring-namespace': 'contract-1' },
      body: JSON.stringify({ operation: 'listCustomers', status: 503 }),
    });
    const { code, stdout } = await runSparring([
      'test',
      'hive',
      '--url',
      `${server.url}/hive`,
      '--only',
      'listCustomers/examples',
    ]);
    expect(stdout).toMatch(/^FAILED no-server-error \(contract\)/m);
    expect(stdout).toMatch(/listCustomers {2}GET \/customers {2}openapi\/hive\.yaml:\d+:\d+/);
    expect(stdout).toMatch(/expected {2}a status below 500/);
    expect(stdout).toMatch(/seen {6}503/);
    expect(stdout).toMatch(/curl -i -X GET .*Bearer \$SPARRING_TOKEN.*\/hive\/customers'/);
    expect(code).toBe(1);
  });

  it('writes JSON to a file', async () => {
    const file = join(folder.path, 'report.json');
    const { code, stdout } = await runSparring([
      'test',
      'hive',
      '--only',
      'listCustomers',
      '--reporter',
      'json',
      '--out',
      file,
    ]);
    expect(stdout).toBe('');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      api: 'hive',
      seed: 1,
      failures: [],
      counts: { fatal: 0 },
    });
    expect(code).toBe(0);
  });

  it('prints the plan and sends nothing', async () => {
    const { code, stdout } = await runSparring(['test', 'hive', '--plan', '--url', 'http://127.0.0.1:9']);
    expect(stdout).toMatch(/needs customers; PATCH \/customers\/\{id\} \{.*→ accepted/);
    expect(stdout).toMatch(/Nothing was sent\.$/m);
    expect(code).toBe(0);
  });

  it('exits with 2 for wrong usage, and with 3 where nobody is', async () => {
    expect((await runSparring(['test', 'hvie'])).code).toBe(2);
    expect((await runSparring(['test', 'hive', '--phases', 'juggling'])).code).toBe(2);
    expect((await runSparring(['test', 'hive', '--url', 'nowhere'])).code).toBe(2);
    const { code, stderr } = await runSparring(['test', 'hive', '--url', 'http://127.0.0.1:9']);
    expect(stderr).toMatch(/^Target unreachable: http:\/\/127\.0\.0\.1:9 cannot be reached: .*\.\n$/);
    expect(code).toBe(3);
  });
});
