import { describe, expect, it } from 'vitest';
import { runSparring } from '../commands/run-sparring.ts';

describe('sparring test --plan', () => {
  it('prints the same bytes in two processes for one seed, and others for another', async () => {
    const plan = (seed: string) =>
      runSparring(['test', 'rehive', '--plan', '--seed', seed, '--phases', 'fuzzing,negatives']);
    const [one, other, another] = await Promise.all([plan('5'), plan('5'), plan('6')]);
    expect(one.code).toBe(0);
    expect(one.stdout).toMatch(/\/fuzzing\/application\/json-generated-\d/);
    expect(other.stdout).toBe(one.stdout);
    expect(another.stdout).not.toBe(one.stdout);
  });

  it('is narrowed by flags alone and together', async () => {
    const linesOf = async (...flags: string[]) => {
      const { stdout } = await runSparring(['test', 'rehive', '--plan', ...flags]);
      return stdout.split('\n').filter((line) => /^\w+\/\w+\//.test(line));
    };
    const narrowed = await linesOf('--only', 'createWebhook', '--skip', 'negatives', '--generated', '1');
    expect(narrowed.length).toBeGreaterThan(5);
    expect(narrowed.filter((id) => !id.includes('createWebhook') || id.includes('negatives'))).toEqual([]);
    expect(narrowed.filter((id) => /json-generated-\d$/.test(id)).length).toBeLessThanOrEqual(1);
    expect(await linesOf('--max-cases', '7', '--phases', 'methods')).toHaveLength(7);
  });
});
