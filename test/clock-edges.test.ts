import { describe, expect, it } from 'vitest';
import { Clock, lastMoment, toDateTime } from '../src/clock.ts';
import { atRest, createManualTime, start } from './manual-time.ts';

const hour = 3_600_000;

describe('a system clock that is set back', () => {
  it.for([1000, hour, 400 * 24 * hour])('by %i ms holds up nothing that waits', async (back) => {
    const time = createManualTime();
    const clock = new Clock(time);
    const ran: number[] = [];
    clock.at(start + 2 * hour, () => void ran.push(clock.now()));
    await time.pass(hour);
    time.setBack(back);
    expect(clock.now()).toBe(start + hour);
    await time.pass(hour - 1);
    expect(ran).toEqual([]);
    await time.pass(1);
    expect(ran).toEqual([start + 2 * hour]);
    expect(clock.now()).toBe(start + 2 * hour);
  });

  it('and set right again makes no time pass twice', async () => {
    const time = createManualTime();
    const clock = new Clock(time, undefined);
    clock.scale(10);
    time.setBack(hour);
    await time.pass(1000);
    time.setBack(-hour);
    await time.pass(1000);
    expect(clock.now()).toBe(start + 20_000);
  });

  it('while no process ran does not take a kept clock back', () => {
    const time = createManualTime();
    const kept = { base: start, anchor: start, scale: 2, frozenAt: null };
    time.setBack(hour);
    expect(new Clock(time, kept).now()).toBe(start);
  });
});

it('a system clock that is set forward is followed, by what waits too', async () => {
  const time = createManualTime();
  const clock = new Clock(time);
  const ran: number[] = [];
  clock.at(start + 10 * hour, () => void ran.push(clock.now()));
  time.setBack(-10 * hour);
  expect(clock.now()).toBe(start + 10 * hour);
  await time.pass(60_000);
  expect(ran).toHaveLength(1);
});

describe('the ends of time', () => {
  it('are the years 0000 and 9999: a clock stands still there, and is set no further', async () => {
    const time = createManualTime();
    const clock = new Clock(time);
    await clock.set(lastMoment - 500);
    await time.pass(hour);
    expect(toDateTime(clock.now())).toBe('9999-12-31T23:59:59.999Z');
    await expect(clock.set(lastMoment + 1)).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(clock.advance(hour)).rejects.toMatchObject({ code: 'invalid-request' });
    await clock.set(Date.parse('0000-01-01T00:00:00Z'));
    await expect(clock.set(clock.now() - 1)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(toDateTime(clock.now())).toBe('0000-01-01T00:00:00.000Z');
  });

  it('are the nearest that can be written for what lies beyond', () => {
    expect(toDateTime(lastMoment + hour)).toBe('9999-12-31T23:59:59.999Z');
    expect(toDateTime(-1e15)).toBe('0000-01-01T00:00:00.000Z');
    expect(toDateTime(-1)).toBe('1969-12-31T23:59:59.999Z');
  });
});

describe('a move that is cut', () => {
  it('stands where it had got to, tells its target meanwhile, and leaves the rest for later', async () => {
    const time = createManualTime();
    const clock = new Clock(time, { base: start, anchor: start, scale: 1, frozenAt: start });
    const ran: number[] = [];
    const silent = Promise.withResolvers<void>();
    for (const minute of [1, 2, 3, 4]) {
      clock.at(start + minute * 60_000, () => {
        ran.push(minute);
        return minute === 3 ? silent.promise : undefined;
      });
    }
    const cut = new AbortController();
    const moved = clock.advance(hour, cut.signal);
    const next = clock.advance(60_000);
    await atRest();
    expect([clock.target, clock.now()]).toEqual([start + hour, start + 3 * 60_000]);
    cut.abort(new Error('gone'));
    await expect(moved).rejects.toThrow('gone');
    await next;
    expect(ran).toEqual([1, 2, 3, 4]);
    expect(clock.target).toBeUndefined();
    expect(clock.now()).toBe(start + 4 * 60_000);
    expect(clock.setting.frozenAt).toBe(start + 4 * 60_000);
  });

  it('waits for nothing that holds the clock', async () => {
    const clock = new Clock(createManualTime());
    const held = Promise.withResolvers<void>();
    clock.hold(held.promise);
    const cut = new AbortController();
    const moved = clock.advance(hour, cut.signal);
    await atRest();
    cut.abort();
    await expect(moved).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.now()).toBe(start);
    await expect(clock.advance(hour, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    held.resolve();
    await clock.advance(hour);
    expect(clock.now()).toBe(start + hour);
  });
});

it('tells whether what was set could be kept', async () => {
  const clock = new Clock(createManualTime());
  await clock.kept();
  const store = Promise.withResolvers<void>();
  clock.onChange(() => store.promise);
  clock.freeze();
  store.reject(new Error('full'));
  await expect(clock.kept()).rejects.toThrow('full');
});
