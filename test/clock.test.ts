import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock, type ClockSetting } from '../src/clock.ts';
import { atRest, createManualTime, start } from './manual-time.ts';

const day = 86_400_000;
const frozen: ClockSetting = { base: start, anchor: start, scale: 1, frozenAt: start };

describe('a running clock', () => {
  it('follows real time', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    await time.pass(1500);
    expect(clock.now()).toBe(start + 1500);
  });

  it('runs a scaled number of whole milliseconds', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    clock.scale(2.5);
    await time.pass(3);
    expect(clock.now()).toBe(start + 7);
  });

  it('calls back when the time has come, and not before', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    const fired: number[] = [];
    clock.at(start + 1000, () => void fired.push(clock.now() - start));
    await time.pass(999);
    expect(fired).toEqual([]);
    await time.pass(1);
    expect(fired).toEqual([1000]);
  });

  it('waits for what is later than the longest timer', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    const fired: string[] = [];
    clock.at(start + 60 * day, () => void fired.push('fired'));
    await time.pass(60 * day - 1);
    expect(fired).toEqual([]);
    await time.pass(1);
    expect(fired).toEqual(['fired']);
  });

  it('waits for real time with one timer, however much is to come', () => {
    const time = createManualTime();
    const clock = new Clock(time);
    for (let index = 100; index > 0; index -= 1) clock.at(start + index, () => undefined);
    expect(time.waiting).toBe(1);
  });

  it('does not let a slow callback hold up the next, or stop the clock', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    const fired: string[] = [];
    clock.at(start + 1, () => new Promise(() => fired.push('never ends')));
    clock.at(start + 2, () => void fired.push('second'));
    await time.pass(10);
    expect(fired).toEqual(['never ends', 'second']);
    expect(clock.now()).toBe(start + 10);
  });
});

describe('advance', () => {
  it('runs what falls due in order, each at its own time, awaited', async () => {
    const clock = new Clock(createManualTime(), frozen);
    const log: string[] = [];
    clock.at(start + 20, async () => {
      log.push(`late ${clock.now() - start}`);
    });
    clock.at(start + 10, async () => {
      await atRest();
      log.push(`early ${clock.now() - start}`);
    });
    clock.at(start + 31, () => void log.push('too late'));
    await clock.advance(30);
    expect(log).toEqual(['early 10', 'late 20']);
    expect(clock.now()).toBe(start + 30);
  });

  it('does not go back for what was due long ago', async () => {
    const clock = new Clock(createManualTime(), frozen);
    const seen: number[] = [];
    clock.at(start - day, () => void seen.push(clock.now() - start));
    await clock.advance(0);
    expect(seen).toEqual([0]);
  });

  it('adds up when asked for twice at once', async () => {
    const clock = new Clock(createManualTime(), frozen);
    clock.at(start + 5, () => atRest());
    await Promise.all([clock.advance(10), clock.advance(10)]);
    expect(clock.now()).toBe(start + 20);
  });

  it('goes on after a callback that throws, and tells of it', async () => {
    const errors: unknown[] = [];
    const clock = new Clock(createManualTime(), frozen, (error) => errors.push(error));
    const fired: string[] = [];
    clock.at(start + 1, () => {
      throw new Error('first');
    });
    clock.at(start + 2, async () => void fired.push('second'));
    await clock.advance(5);
    expect(fired).toEqual(['second']);
    expect(errors).toEqual([new Error('first')]);
  });

  it('works again after a listener that threw', async () => {
    const clock = new Clock(createManualTime(), frozen);
    const stop = clock.onChange(() => {
      throw new Error('listener');
    });
    await expect(clock.advance(1)).rejects.toThrow('listener');
    stop();
    await clock.advance(1);
    expect(clock.now()).toBe(start + 2);
  });

  it('moves a running clock, which then runs on', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    await clock.advance(day);
    await time.pass(5);
    expect(clock.now()).toBe(start + day + 5);
  });

  it('fires the same at the same times however it is split', async () => {
    const task = fc.record({
      dueAt: fc.integer({ min: 0, max: 100 }),
      again: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(task, { maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (tasks, steps, running) => {
          const fire = async (parts: readonly number[]) => {
            const clock = new Clock(createManualTime(), running ? undefined : frozen);
            const log: string[] = [];
            tasks.forEach(({ again, dueAt }, index) => {
              clock.at(start + dueAt, async () => {
                log.push(`${index} at ${clock.now() - start}`);
                again.forEach((delay, nth) => {
                  clock.at(
                    clock.now() + delay,
                    () => void log.push(`${index}.${nth} at ${clock.now() - start}`),
                  );
                });
              });
            });
            for (const part of parts) await clock.advance(part);
            return { log, now: clock.now() };
          };
          expect(await fire(steps)).toEqual(await fire([steps.reduce((sum, step) => sum + step, 0)]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it.for([Number.NaN, -1, Number.POSITIVE_INFINITY, 9e15])(
    'refuses %d milliseconds',
    async (milliseconds) => {
      const clock = new Clock(createManualTime(), frozen);
      await expect(clock.advance(milliseconds)).rejects.toMatchObject({ code: 'invalid-request' });
      expect(clock.now()).toBe(start);
    },
  );
});

it('stays where it is restored to, though it was being advanced', async () => {
  const clock = new Clock(createManualTime(), frozen);
  const fired: string[] = [];
  clock.at(start + 1, () => clock.restore(frozen));
  clock.at(start + 2, () => void fired.push('beyond'));
  await clock.advance(10);
  expect(clock.now()).toBe(start);
  expect(fired).toEqual([]);
});

describe('a clock that is set', () => {
  it('forward runs what falls due on the way', async () => {
    const clock = new Clock(createManualTime(), frozen);
    const fired: number[] = [];
    clock.at(start + 10, () => void fired.push(clock.now() - start));
    await clock.set(start + 10);
    expect(fired).toEqual([10]);
  });

  it('backward runs nothing', async () => {
    const clock = new Clock(createManualTime(), frozen);
    const fired: string[] = [];
    clock.at(start - 20, () => void fired.push('fired'));
    await clock.set(start - 10);
    expect(fired).toEqual([]);
    expect(clock.now()).toBe(start - 10);
  });

  it('refuses what is no time', async () => {
    const clock = new Clock(createManualTime(), frozen);
    await expect(clock.set(Number.NaN)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(clock.now()).toBe(start);
  });
});

describe('a frozen clock', () => {
  it('fires nothing until it is advanced or runs again', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    const fired: string[] = [];
    clock.freeze();
    clock.at(start - 1, () => void fired.push('overdue'));
    clock.at(start + 5, () => void fired.push('due'));
    await time.pass(day);
    expect(fired).toEqual([]);
    expect(clock.now()).toBe(start);
    clock.resume();
    await time.pass(5);
    expect(fired).toEqual(['overdue', 'due']);
    expect(clock.now()).toBe(start + 5);
  });

  it('keeps a scale for when it runs again', async () => {
    const time = createManualTime();
    const clock = new Clock(time, frozen);
    clock.scale(10);
    await time.pass(7);
    expect(clock.now()).toBe(start);
    clock.resume();
    await time.pass(7);
    expect(clock.now()).toBe(start + 70);
  });
});

it('forgets what is cancelled', async () => {
  const time = createManualTime();
  const clock = new Clock(time);
  const fired: string[] = [];
  const cancel = clock.at(start + 5, () => void fired.push('fired'));
  clock.at(start + 6, () => undefined);
  cancel();
  await time.pass(10);
  expect(fired).toEqual([]);
});

it('waits for nothing once all is cancelled, or the clock stopped', () => {
  const time = createManualTime();
  const clock = new Clock(time);
  clock.at(start + 5, () => undefined)();
  expect(time.waiting).toBe(0);
  clock.at(start + 5, () => undefined);
  clock.stop();
  clock.at(start + 6, () => undefined);
  expect(time.waiting).toBe(0);
});

it.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to run %d times as fast', (factor) => {
  const clock = new Clock(createManualTime());
  expect(() => clock.scale(factor)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
});

it('never goes back and goes on from its kept setting, whatever is done to it but setting it', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), by: fc.integer({ min: 0, max: 1000 }) }),
    fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 0, max: 1000 }) }),
    fc.record({ kind: fc.constant('scale' as const), by: fc.integer({ min: 1, max: 50 }) }),
    fc.record({
      kind: fc.constantFrom('freeze' as const, 'resume' as const, 'restart' as const),
      by: fc.constant(0),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const time = createManualTime();
      let clock = new Clock(time);
      for (const { by, kind } of steps) {
        const before = clock.now();
        const { scale, frozenAt } = clock.setting;
        if (kind === 'pass') await time.pass(by);
        else if (kind === 'advance') await clock.advance(by);
        else if (kind === 'scale') clock.scale(by);
        else if (kind === 'restart') clock = new Clock(time, clock.setting);
        else clock[kind]();
        const expected = kind === 'advance' ? by : kind === 'pass' && frozenAt === null ? by * scale : 0;
        expect(clock.now() - before).toBe(expected);
      }
    }),
    { numRuns: 200 },
  );
});
