import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchTest } from '../../src/commands/test/test-watch.ts';
import { SparringError } from '../../src/errors.ts';
import { makeFolder } from '../commands/run-sparring.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => folder.remove());

it('a watched document is tested again whenever it changes, also after a failure, until it is told to end', async () => {
  const file = join(folder.path, 'notes.yaml');
  copyFileSync('test/contract/notes.yaml', file);
  const controller = new AbortController();
  let runs = 0;
  await watchTest(file, controller.signal, async () => {
    runs += 1;
    if (runs === 3) controller.abort();
    else writeFileSync(file, `${readFileSync(file, 'utf8')}\n# ${runs}\n`);
    if (runs === 1) throw new SparringError('target-unreachable', 'Nobody is there.');
  });
  expect(runs).toBe(3);
  expect(vi.mocked(process.stderr.write).mock.calls.flat().join('\n')).toContain('Nobody is there.');
});
