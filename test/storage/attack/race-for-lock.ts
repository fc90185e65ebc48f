import { expect } from 'vitest';
import { createRandom } from '../kill-and-check.ts';
import { startHolder } from '../start-holder.ts';

/** Lets servers on hosts of many names race for `data`, kills them all, and lets others race for what they left. One wins each time. */
export async function raceForLock(data: string, rounds: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  for (let round = 0; round < rounds; round += 1) {
    const count = 2 + Math.floor(random() * 4);
    const holders = Array.from({ length: count }, () => {
      const pid = 1 + Math.floor(random() * 3);
      return startHolder(data, { host: `box-${round}-${pid}`, pid });
    });
    for (const { line } of holders) expect(await line()).toBe('ready');
    for (const { child } of holders) child.stdin.end();
    const outcomes = await Promise.all(holders.map(({ line }) => line()));
    expect(outcomes.sort()).toEqual([...Array(count - 1).fill('data-locked'), 'loaded']);
    for (const { kill } of holders) await kill();
  }
}
