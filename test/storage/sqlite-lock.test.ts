import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadFolder, makeFolder } from './data-folder.ts';

const program = fileURLToPath(new URL('commit-forever.ts', import.meta.url));

test('a second server on the same folder is refused by the pid of the first, until that one closes', async () => {
  const folder = await makeFolder();
  const first = await loadFolder(folder);
  await expect(loadFolder(`${folder}/`)).rejects.toMatchObject({
    code: 'data-locked',
    message: `The data folder ${folder}/ is in use by the server with process id ${process.pid}.`,
  });
  await first.close();
  await expect(loadFolder(folder)).resolves.toBeDefined();
});

test('a server in another process is respected while it runs, and its lock taken over once it is killed', async () => {
  const folder = await makeFolder();
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await once(createInterface({ input: child.stdout }), 'line');
  await expect(loadFolder(folder)).rejects.toMatchObject({
    code: 'data-locked',
    message: expect.stringContaining(String(child.pid)),
  });
  child.kill('SIGKILL');
  await exited;
  const storage = await loadFolder(folder);
  expect(storage.deliveries?.('default').get('d1')).toBeDefined();
  await storage.close();
  expect(await readdir(folder)).toEqual(['sparring.db']);
});

test('a lock file that no server wrote is left alone and named', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'sparring.lock'), 'not ours');
  await expect(loadFolder(folder)).rejects.toMatchObject({
    code: 'data-locked',
    next: expect.stringContaining('sparring.lock'),
  });
  expect(await readdir(folder)).toEqual(['sparring.lock']);
});
