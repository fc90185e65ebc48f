import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/contract/execute/environment/read-ledger.ts';
import { openCreations } from '../../src/contract/execute/records/settle-creations.ts';
import { makeFolder, runSparring } from '../commands/run-sparring.ts';
import { type NotesServer, startNotes, startTest } from './ended-run.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let notes: NotesServer;
let ledger: string;

beforeEach(async () => {
  folder = await makeFolder();
  ledger = join(folder.path, 'run.jsonl');
});
afterEach(async () => {
  notes.stop();
  await folder.remove();
});

describe('a run on a server of its own', () => {
  it('that is killed in the middle is finished by sparring cleanup, which leaves what others made', async () => {
    notes = await startNotes(5);
    const test = startTest(notes.url, ledger);
    await notes.created(5);
    test.kill('SIGKILL');
    await once(test, 'close');
    const left = await notes.ids();
    expect(left.length).toBeGreaterThan(1);

    // A line that was being written when the end came.
    writeFileSync(ledger, `${readFileSync(ledger, 'utf8')}{"kind":"int`);
    const { code, stderr, stdout } = await runSparring(['cleanup', ledger]);
    expect(stderr).toBe('');
    expect(await notes.ids()).toEqual(['theirs']);
    // One more was deleted already, where the end came before that was noted.
    const [, deleted] = /^(\d+) records? deleted at .*; nothing is left\.$/m.exec(stdout) ?? [];
    expect(Number(deleted)).toBeGreaterThanOrEqual(left.length - 1);
    expect(code).toBe(0);

    expect(openCreations(readLedger(readFileSync(ledger, 'utf8'), ledger))).toEqual([]);
  });

  it('that Ctrl-C ends deletes what it made, says so, and exits with 130', async () => {
    notes = await startNotes(0);
    const test = startTest(notes.url, ledger);
    await notes.created(5);
    test.kill('SIGINT');
    const [code] = await once(test, 'close');
    expect(test.text()).toContain('what was created is deleted first');
    expect(test.text()).toContain('The run was ended before its plan was.');
    expect(code).toBe(130);
    expect(await notes.ids()).toEqual(['theirs']);
    expect(existsSync(ledger)).toBe(true);
  });
});
