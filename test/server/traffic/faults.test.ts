import { describe, expect, it } from 'vitest';
import { type FaultRule, Faults } from '../../../src/server/traffic/faults.ts';

const target = { api: 'hive', operationId: 'listCustomers', method: 'GET' };

function faultsOf(...rules: (Omit<FaultRule, 'id'> & { readonly id?: string })[]): Faults {
  const faults = new Faults(1);
  for (const rule of rules) faults.add(rule);
  return faults;
}

/** Which of `count` requests are struck, by their number from 1. */
function struck(faults: Faults, count: number, meant = target): number[] {
  return Array.from({ length: count }, (_, index) => (faults.choose(meant) ? index + 1 : 0)).filter(Boolean);
}

describe('faults', () => {
  it('are none without rules', () => {
    expect(new Faults(1).choose(target)).toBeUndefined();
  });

  it('strike every request when the rule names no share', () => {
    expect(struck(faultsOf({ status: 503 }), 5)).toEqual([1, 2, 3, 4, 5]);
  });

  it('never strike at a rate of 0, always at 1', () => {
    expect(struck(faultsOf({ status: 503, rate: 0 }), 200)).toEqual([]);
    expect(struck(faultsOf({ status: 503, rate: 1 }), 200)).toHaveLength(200);
  });

  it('strike about the share that the rule says', () => {
    const { length } = struck(faultsOf({ status: 503, rate: 0.3 }), 2000);
    expect(length).toBeGreaterThan(500);
    expect(length).toBeLessThan(700);
  });

  it('strike the same requests for the same seed, and others for another', () => {
    const rule = { id: 'half', status: 503, rate: 0.5 };
    const first = struck(faultsOf(rule), 100);
    expect(struck(faultsOf(rule), 100)).toEqual(first);
    const other = new Faults(2);
    other.add(rule);
    expect(struck(other, 100)).not.toEqual(first);
  });

  it('do not shift when requests that are not meant come between', () => {
    const rule = { id: 'half', operation: 'listCustomers', status: 503, rate: 0.5 };
    const mixed = faultsOf(rule);
    const hits = Array.from({ length: 50 }, (_, index) => {
      mixed.choose({ ...target, operationId: 'getCustomer' });
      return mixed.choose(target) ? index + 1 : 0;
    }).filter(Boolean);
    expect(hits).toEqual(struck(faultsOf(rule), 50));
  });

  it('strike the same requests again after a reset', () => {
    const faults = faultsOf({ status: 503, rate: 0.5, times: 10 });
    const first = struck(faults, 40);
    expect(first).toHaveLength(10);
    faults.reset();
    expect(struck(faults, 40)).toEqual(first);
  });

  it('strike no more often than told', () => {
    expect(struck(faultsOf({ status: 503, times: 2 }), 5)).toEqual([1, 2]);
  });

  it.each([
    ['API', { api: 'rehive' }],
    ['operation', { operation: 'getCustomer' }],
    ['method', { method: 'POST' }],
  ])('leave requests of another %s alone', (_, rule) => {
    expect(struck(faultsOf({ ...rule, status: 503 }), 3)).toEqual([]);
  });

  it('take a method in any case', () => {
    expect(struck(faultsOf({ method: 'get', status: 503 }), 1)).toEqual([1]);
  });

  it('wait the latency and up to the jitter more, the same for the same seed', () => {
    const latencies = (faults: Faults) =>
      Array.from({ length: 50 }, () => faults.choose(target)?.latency ?? -1);
    const first = latencies(faultsOf({ latency: 100, jitter: 50 }));
    expect(Math.min(...first)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...first)).toBeLessThanOrEqual(150);
    expect(new Set(first).size).toBeGreaterThan(10);
    expect(latencies(faultsOf({ latency: 100, jitter: 50 }))).toEqual(first);
  });

  it('add up latencies; the first status and drop hold', () => {
    const faults = faultsOf({ latency: 100 }, { latency: 20, status: 503 }, { status: 500, drop: 'after' });
    expect(faults.choose(target)).toEqual({ rule: '1,2,3', latency: 120, status: 503, drop: 'after' });
  });

  it('give no id twice, also where somebody chose one', () => {
    const faults = faultsOf({ id: '2', status: 500 });
    expect(faults.add({ status: 501 }).id).toBe('1');
    expect(faults.add({ status: 502 }).id).toBe('3');
    expect(faults.list().map(({ status }) => status)).toEqual([500, 501, 502]);
  });

  it('replace a rule in its place, counting anew', () => {
    const faults = faultsOf({ id: 'a', status: 500, times: 1 }, { id: 'b', latency: 1 });
    faults.choose(target);
    faults.add({ id: 'a', status: 503, times: 1 });
    expect(faults.list().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(faults.choose(target)?.status).toBe(503);
    expect(faults.choose(target)?.status).toBeUndefined();
  });

  it('are found, removed and cleared by id', () => {
    const faults = faultsOf({ id: 'a', status: 500 }, { id: 'b', status: 501 });
    expect(faults.get('b')?.status).toBe(501);
    expect(faults.remove('a')).toBe(true);
    expect(faults.remove('a')).toBe(false);
    expect(faults.get('a')).toBeUndefined();
    faults.clear();
    expect(faults.list()).toEqual([]);
    expect(faults.choose(target)).toBeUndefined();
  });
});
