import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../data-folder.ts';
import { fillTheDisk } from './fill-the-disk.ts';
import { killAfterAnswers } from './kill-after-answers.ts';
import { raceForLock } from './race-for-lock.ts';
import { saveStaleTexts } from './save-stale-texts.ts';
import { setClocksBack } from './set-clocks-back.ts';

// Short forms of test/prove/attack-storage.prove.ts.
describe.each(['state.json', 'data/'])('attacks on --data %s', (name) => {
  const place = async () => join(await makeFolder(), name);

  it('clock, faults, snapshots and records that were answered survive kill -9', {
    timeout: 60_000,
  }, async () => {
    expect(await killAfterAnswers(await place(), 2, 11)).toBeGreaterThan(2);
  });

  it('a full disk sends nothing twice and loses no outcome', { timeout: 60_000 }, async () => {
    expect(await fillTheDisk(name, 2, 10)).toBeGreaterThan(0);
  });

  it('one of many servers wins the lock', { timeout: 60_000 }, async () => {
    await raceForLock(await place(), 1, 12);
  });
});

it('saves of texts that were read a while ago lose nothing', async () => {
  expect(await saveStaleTexts(join(await makeFolder(), 'state.json'), 120, 13)).toBeGreaterThan(5);
});

it('a system clock that is set back again and again holds up nothing', async () => {
  await setClocksBack(100, 14);
});
