import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { largeDocument } from '../prove/attack/hostile-documents.ts';
import { makeFolder } from './run-sparring.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** Tells on the error stream, from a thread of its own, that the process has computed for half a second of processor time. */
const watch = `
  import { Worker } from 'node:worker_threads';
  new Worker(
    'const { writeSync } = require("node:fs");' +
      'const look = () => process.cpuUsage().user > 500_000 ? writeSync(2, "busy") : setTimeout(look, 10);' +
      'look();',
    { eval: true },
  ).unref();
`;

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(join(folder.path, 'large.json'), JSON.stringify(largeDocument(1000, 60)));
});
afterAll(() => folder.remove());

it.each([
  ['test', 'large.json', '--plan'],
  ['explain', 'large.json'],
  ['mutate', 'large.json', '--list'],
])('Ctrl-C ends %s within a second, also while it computes', async (...args) => {
  const preload = `data:text/javascript,${encodeURIComponent(watch)}`;
  const child = spawn(process.execPath, ['--import', preload, cli, ...args], {
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('busy')) resolve();
    });
    ended.then(() => reject(new Error(`It ended before it was interrupted: ${said}`)), reject);
  });
  const before = performance.now();
  child.kill('SIGINT');
  const [code, signal] = await ended;
  expect(performance.now() - before).toBeLessThan(1000);
  expect([code, signal]).toEqual([null, 'SIGINT']);
});
