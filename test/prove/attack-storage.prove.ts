import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillTheDisk } from '../storage/attack/fill-the-disk.ts';
import { killAfterAnswers } from '../storage/attack/kill-after-answers.ts';
import { raceForLock } from '../storage/attack/race-for-lock.ts';
import { saveStaleTexts } from '../storage/attack/save-stale-texts.ts';
import { setClocksBack } from '../storage/attack/set-clocks-back.ts';
import { makeFolder } from '../storage/data-folder.ts';

const minutes = 60_000;

describe.each(['state.json', 'data/'])('attacks on --data %s', (name) => {
  const place = async () => join(await makeFolder(), name);

  it.each([101, 102])(
    'what was answered survives 30 kills (seed %i)',
    { timeout: 10 * minutes },
    async (seed) => {
      expect(await killAfterAnswers(await place(), 30, seed)).toBeGreaterThan(60);
    },
  );

  it('a disk that fills up 8 times sends nothing twice and loses no outcome', {
    timeout: 10 * minutes,
  }, async () => {
    expect(await fillTheDisk(name, 8, 20)).toBeGreaterThan(3);
  });

  it('one of many servers wins the lock, 20 times in a row', { timeout: 10 * minutes }, async () => {
    await raceForLock(await place(), 20, 103);
  });
});

it.each([104, 105, 106])(
  '1,500 steps with stale saves lose nothing (seed %i)',
  { timeout: 5 * minutes },
  async (seed) => {
    expect(await saveStaleTexts(join(await makeFolder(), 'state.json'), 1500, seed)).toBeGreaterThan(100);
  },
);

it.each([107, 108])(
  'a system clock that is set back 3,000 times holds up nothing (seed %i)',
  async (seed) => {
    await setClocksBack(3000, seed);
  },
);
