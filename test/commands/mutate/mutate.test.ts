import { describe, expect, it } from 'vitest';
import { petstore, runSparring } from '../run-sparring.ts';

const suite =
  'fetch(process.env.SPARRING_URL + "/pets").then(({ status }) => process.exit(status === 200 ? 0 : 1))';

describe('sparring mutate', () => {
  it('shows mutants to a command, which finds them by its environment, and says which it caught', async () => {
    const only = ['--only', 'status-500 listPets', '--only', 'list-lacks-last listPets'];
    const run = await runSparring([
      'mutate',
      petstore,
      ...only,
      '--json',
      '--at-least',
      '80',
      '--',
      process.execPath,
      '-e',
      suite,
    ]);
    expect(run.stderr).toBe('');
    const { all, mutants } = JSON.parse(run.stdout);
    expect(mutants.map(({ fate, id }: Record<string, string>) => [id, fate])).toEqual([
      ['status-500 listPets', 'caught'],
      ['list-lacks-last listPets', 'survived'],
    ]);
    expect(all).toEqual({ caught: 1, applicable: 2, share: 0.5 });
    expect(run.code).toBe(1);
  });

  it('refuses a suite that fails where nothing is wrong', async () => {
    const run = await runSparring(['mutate', petstore, '--', process.execPath, '-e', 'process.exit(7)']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('The suite fails on a healthy mock of petstore: the command ended with 7');
  });

  it('lists mutants with the requests that show them, and runs nothing', async () => {
    const run = await runSparring(['mutate', petstore, '--only', 'absent-accepted', '--list']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^absent-accepted readPet \(state\)\n {2}A record that is not there/);
    expect(run.stdout).toMatch(/curl -i -X GET .*'http:\/\/127\.0\.0\.1:4010\/petstore\/pets\//);
  });
});
