import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  makeFolder,
  petstore,
  runSparring,
  type Server,
  startServer,
  stopServers,
} from '../commands/run-sparring.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});
afterEach(stopServers);
afterAll(() => folder.remove());

const inFolder = (name: string) => join(folder.path, name);

async function createPet(server: Server, name: string): Promise<{ id: string; name: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await server.fetch('/petstore/pets', {
    method: 'POST',
    headers,
    body: JSON.stringify({ name }),
  });
  expect(answer.status).toBe(201);
  return answer.json();
}

async function listPets(server: Server): Promise<unknown> {
  return (await server.fetch('/petstore/pets')).json();
}

describe('--data', () => {
  it('has every answered record after kill -9 and a restart, several times over', async () => {
    const data = inFolder('state.json');
    const args = [petstore, '--no-fixtures', '--data', data];
    const pets: { id: string; name: string }[] = [];
    for (let round = 1; round <= 4; round += 1) {
      const server = await startServer(args);
      expect(await listPets(server)).toEqual(pets);
      pets.push(await createPet(server, `Rex ${round}`));
      // The last of the burst has only just been answered when the process dies.
      pets.push(...(await inTurn(['a', 'b', 'c'], (name) => createPet(server, `${name} ${round}`))));
      expect(await server.stop('SIGKILL')).toBe(null);
    }
    expect(new Set(pets.map(({ id }) => id)).size).toBe(16);
    const server = await startServer(args);
    expect(await listPets(server)).toEqual(pets);
    expect(await server.stop()).toBe(0);
    expect((await readdir(folder.path)).filter((name) => name.startsWith('state.json'))).toEqual([
      'state.json',
    ]);
  });

  it('survives kill -9 amid concurrent writes with all that was answered', async () => {
    const args = [petstore, '--no-fixtures', '--data', inFolder('burst.json')];
    const server = await startServer(args);
    const answered: string[] = [];
    const writes = Array.from({ length: 60 }, (_, index) =>
      createPet(server, `${index}`).then(
        ({ id }) => {
          answered.push(id);
          if (answered.length === 20) server.kill('SIGKILL');
        },
        () => undefined,
      ),
    );
    await Promise.all(writes);
    await server.ended;
    const again = await startServer(args);
    const kept = new Set(((await listPets(again)) as { id: string }[]).map(({ id }) => id));
    expect(answered.length).toBeGreaterThanOrEqual(20);
    expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('refuses a second server on the same file', async () => {
    const data = inFolder('shared.json');
    const server = await startServer([petstore, '--data', data]);
    const { code, stderr } = await runSparring(['serve', petstore, '--port', '0', '--data', data]);
    expect(stderr).toMatch(/^Data in use: .*shared\.json/);
    expect(stderr).toContain(`${server.pid}`);
    expect(code).toBe(2);
    expect(await listPets(server)).toEqual(expect.any(Array));
  });

  it('reports a broken file with its line and leaves it untouched', async () => {
    const data = inFolder('broken.json');
    const text = '{\n  "petstore": {\n    oops\n  }\n}\n';
    await writeFile(data, text);
    const { code, stderr } = await runSparring(['serve', petstore, '--port', '0', '--data', data]);
    expect(stderr).toMatch(/broken\.json is broken at line 3, column 5/);
    expect(code).toBe(2);
    expect(await readFile(data, 'utf8')).toBe(text);
  });

  it('refuses a place that cannot be written', async () => {
    await mkdir(inFolder('closed'));
    await chmod(inFolder('closed'), 0o500);
    // Permissions do not bind the superuser.
    const closed = process.getuid?.() === 0 ? '/proc/state.json' : inFolder('closed/state.json');
    for (const place of [closed, join(petstore, 'state.json')]) {
      const { code, stderr } = await runSparring(['serve', petstore, '--port', '0', '--data', place]);
      expect(stderr).toMatch(/^Data cannot be written: .*state\.json/);
      expect(stderr).not.toContain('    at ');
      expect(code).toBe(2);
    }
  });
});

async function inTurn<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
