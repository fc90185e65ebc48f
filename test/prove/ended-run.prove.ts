import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, runSparring } from '../commands/run-sparring.ts';
import { startNotes, startTest } from '../contract/ended-run.ts';

/** Creations that are never answered; the run is killed while it waits for one. */
const checkpoints = [1, 2, 3, 4, 6, 8, 11, 14, 18, 23];

it.each(checkpoints)(
  'a run that is killed at its creation %i leaves nothing after a cleanup',
  async (checkpoint) => {
    const folder = await makeFolder();
    const notes = await startNotes(checkpoint);
    const ledger = join(folder.path, 'run.jsonl');
    const test = startTest(notes.url, ledger);
    await notes.created(checkpoint);
    test.kill('SIGKILL');
    await once(test, 'close');
    const { code, stderr } = await runSparring(['cleanup', ledger]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(await notes.ids()).toEqual(['theirs']);
    notes.stop();
    await folder.remove();
  },
);
