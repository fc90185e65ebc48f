import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, runSparring, type Server, startServer, stopServers } from '../run-sparring.ts';

describe('sparring diff', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let server: Server;
  beforeAll(async () => {
    folder = await makeFolder();
    server = await startServer(['hive']);
  });
  afterAll(async () => {
    await stopServers();
    await folder.remove();
  });
  const only = ['--only', 'listCustomers/examples', '--only', 'getCustomer/examples'];

  /** Breaks one operation for the run's next one: what it brings about in its namespace is forgotten with it. */
  async function breakList(): Promise<void> {
    await server.fetch('/_sparring/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sparring-namespace': 'diff-1-right' },
      body: JSON.stringify({ operation: 'listCustomers', status: 503 }),
    });
  }

  it('compares the mock that it starts with a server, and exits with 0 where they do the same', async () => {
    const args = ['diff', 'hive', '--right', `${server.url}/hive`, '--seed', '2', ...only];
    const { code, stderr, stdout } = await runSparring(args);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/left {3}the mock\n {2}right {2}http:\/\/127\.0\.0\.1:\d+\/hive/);
    expect(stdout).toMatch(/^2 answers compared: no differences\.$/m);
    expect(code).toBe(0);
  });

  it('exits with 1, and tells the place, both sides, and how to see them again', async () => {
    await breakList();
    const { code, stdout } = await runSparring(['diff', 'hive', '--right', `${server.url}/hive`, ...only]);
    expect(stdout).toMatch(
      /^DIFFERS status {2}the status of .*listCustomers.* {2}openapi\/hive\.yaml:\d+:\d+$/m,
    );
    expect(stdout).toMatch(/left {3}200\n {4}right {2}503\n {4}where {2}status of listCustomers/);
    expect(stdout).toMatch(
      /left {3}curl .*\$SPARRING_LEFT_TOKEN.*http:\/\/127\.0\.0\.1:4010\/hive\/customers/,
    );
    expect(stdout).toMatch(/right {2}curl .*\$SPARRING_RIGHT_TOKEN.*\/hive\/customers/);
    expect(stdout).toMatch(/^2 answers compared: 1 difference\.$/m);
    expect(code).toBe(1);
  });

  it('writes JSON to a file', async () => {
    const file = join(folder.path, 'reports', 'diff.json');
    const url = `${server.url}/hive`;
    const args = [
      'diff',
      'hive',
      '--left',
      url,
      '--right',
      url,
      ...only,
      '--reporter',
      'json',
      '--out',
      file,
    ];
    await breakList();
    expect(await runSparring(args)).toMatchObject({ code: 1, stdout: '' });
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      api: 'hive',
      left: url,
      differences: [{ kind: 'status', operation: 'listCustomers', left: '200', right: '503', times: 1 }],
    });
  });

  it('exits with 2 for wrong usage, and where there was nothing to compare', async () => {
    expect((await runSparring(['diff', 'hive', '--right', 'nowhere'])).code).toBe(2);
    const { code, stderr } = await runSparring(['diff', 'hive', '--right', 'mock', '--only', 'nothing']);
    expect(stderr).toContain('No case has "nothing" in its id');
    expect(code).toBe(2);
  });

  it('exits with 3, and names the side, where nobody is', async () => {
    const { code, stderr } = await runSparring(['diff', 'hive', '--right', 'http://127.0.0.1:9', ...only]);
    expect(stderr).toMatch(/The right server is not there\. http:\/\/127\.0\.0\.1:9 cannot be reached/);
    expect(code).toBe(3);
  });
});
