import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PolicySettings, resolvePolicy } from '../../src/webhooks/policy.ts';
import { parseRetryAfter } from '../../src/webhooks/retry-after.ts';
import { compressSchedule, nextDelay } from '../../src/webhooks/retry-schedule.ts';

const now = Date.UTC(2026, 0, 5, 12);
const minutes = [1, 2, 4, 8, 16, 32, 60].map((count) => count * 60_000);

function delays(settings: PolicySettings, seed = 1, deliveryId = 'msg_1', retryAfter?: string) {
  const policy = resolvePolicy(settings);
  return Array.from({ length: policy.schedule.length + 1 }, (_, index) =>
    nextDelay(policy, {
      attempt: index + 1,
      now,
      seed,
      deliveryId,
      ...(retryAfter !== undefined && { retryAfter }),
    }),
  );
}

describe('the schedule', () => {
  it('gives one delay per retry and then no more', () => {
    expect(delays({ schedule: minutes })).toEqual([...minutes, null]);
  });

  it('with no retries ends after the first attempt', () => {
    expect(delays({ schedule: [] })).toEqual([null]);
  });
});

describe('jitter', () => {
  const jittered = { schedule: minutes, jitter: 0.2 };

  it('is the same for the same seed and delivery, and differs for another', () => {
    expect(delays(jittered)).toEqual(delays(jittered));
    expect(delays(jittered, 2)).not.toEqual(delays(jittered));
    expect(delays(jittered, 1, 'msg_2')).not.toEqual(delays(jittered));
    expect(delays(jittered)).not.toEqual(delays({ schedule: minutes }));
  });

  it('stays within its part of the delay', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, id, jitter) => {
          for (const [index, delay] of delays({ schedule: minutes, jitter }, seed, id).entries()) {
            const scheduled = minutes[index] ?? Number.NaN;
            if (delay === null) expect(index).toBe(minutes.length);
            else expect(Math.abs(delay - scheduled)).toBeLessThanOrEqual(scheduled * jitter + 1);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('Retry-After', () => {
  const honouring = { schedule: [1000, 60_000], retryAfter: { honour: true, max: 30_000 } };

  it.each([
    ['5', 5000],
    ['0', 1000],
    ['3600', 30_000],
    ['99999999999999999999999', 30_000],
    ['Mon, 05 Jan 2026 12:00:07 GMT', 7000],
    ['Monday, 05-Jan-26 12:00:07 GMT', 7000],
    ['Mon Jan  5 12:00:07 2026', 7000],
    ['Mon, 05 Jan 2026 11:00:00 GMT', 1000],
    ['soon', 1000],
    ['-5', 1000],
    ['1.5', 1000],
    ['', 1000],
  ])('%j makes a delay of 1 s one of %i ms', (retryAfter, expected) => {
    expect(delays(honouring, 1, 'msg_1', retryAfter)[0]).toBe(expected);
  });

  it('never shortens a delay, and adds no attempt', () => {
    expect(delays(honouring, 1, 'msg_1', '5')).toEqual([5000, 60_000, null]);
  });

  it('is left alone where the policy does not honour it', () => {
    expect(delays({ schedule: [1000] }, 1, 'msg_1', '5')).toEqual([1000, null]);
  });

  it('is undefined where it cannot be read', () => {
    expect(parseRetryAfter('Tuesday', now)).toBeUndefined();
    expect(parseRetryAfter('2026-01-05', now)).toBeUndefined();
  });
});

describe('a compressed policy', () => {
  it('fits all its retries into 30 seconds, in proportion', () => {
    const { schedule } = compressSchedule(resolvePolicy({ schedule: minutes }));
    const total = schedule.reduce((sum, delay) => sum + delay, 0);
    expect(total).toBeLessThanOrEqual(30_000);
    expect(total).toBeGreaterThan(29_000);
    expect((schedule[1] ?? 0) / (schedule[0] ?? 1)).toBeCloseTo(2, 1);
  });

  it('fits with jitter and a Retry-After at its worst', () => {
    const settings = { schedule: minutes, jitter: 1, retryAfter: { honour: true } };
    const policy = compressSchedule(resolvePolicy(settings), 1000);
    for (let seed = 0; seed < 50; seed += 1) {
      const all = minutes.map((_, index) =>
        nextDelay(policy, { attempt: index + 1, now, seed, deliveryId: 'a', retryAfter: '86400' }),
      );
      expect(all.reduce<number>((sum, delay) => sum + (delay ?? 0), 0)).toBeLessThanOrEqual(1000);
    }
  });

  it('that fits already keeps its schedule', () => {
    expect(compressSchedule(resolvePolicy({ schedule: [10, 20] })).schedule).toEqual([10, 20]);
  });
});
