import { expect } from 'vitest';
import { Clock } from '../../../src/clock.ts';
import { createManualTime, start } from '../../manual-time.ts';
import { createRandom } from '../kill-and-check.ts';

/** Sets the system's clock back and right again while callbacks wait on a clock: each runs when as much time has passed as it asked for. */
export async function setClocksBack(steps: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  const time = createManualTime();
  const clock = new Clock(time);
  let passed = 0;
  let back = 0;
  const late: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const dueAt = start + passed + Math.floor(random() * 600_000);
    clock.at(dueAt, () => {
      if (clock.now() - dueAt > 1) late.push(clock.now() - dueAt);
    });
    const change = random() < 0.5 ? Math.floor(random() * 86_400_000) : -back;
    back += change;
    time.setBack(change);
    const milliseconds = Math.floor(random() * 300_000);
    const before = clock.now();
    await time.pass(milliseconds);
    passed += milliseconds;
    expect(clock.now()).toBe(before + milliseconds);
    expect(clock.now()).toBe(start + passed);
  }
  expect(late).toEqual([]);
}
