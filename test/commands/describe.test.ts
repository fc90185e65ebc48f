import { describe, expect, it } from 'vitest';
import { petstore, runSparring } from './run-sparring.ts';

const ansi = String.fromCharCode(27);

describe('sparring list', () => {
  it('lists the bundled APIs as a table and as JSON', async () => {
    const [table, json] = await Promise.all([runSparring(['list']), runSparring(['list', '--json'])]);
    expect(table.stdout).toMatch(/^API +Title +Version +Operations +Webhooks\n[\s\S]*^hive +\S/m);
    expect(table.stdout).not.toContain(ansi);
    const hive = JSON.parse(json.stdout).find(({ name }: { name: string }) => name === 'hive');
    expect(hive).toMatchObject({ name: 'hive', title: expect.any(String), operations: expect.any(Number) });
    expect(table.stdout).toContain(` ${hive.operations} `);
    expect([table.code, json.code]).toEqual([0, 0]);
  });
});

describe('sparring explain', () => {
  it('says what each operation does, and lists the settings', async () => {
    const { code, stdout } = await runSparring(['explain', 'hive']);
    expect(stdout).toMatch(/POST +\/customers .*create/);
    expect(stdout).toContain('check_delay');
    expect(stdout).not.toContain(ansi);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await runSparring(['explain', petstore, '--json']);
    const { operations } = JSON.parse(stdout);
    expect(
      operations.map(({ operation, action }: { operation: string; action: string }) => [operation, action]),
    ).toEqual([
      ['listPets', 'list'],
      ['createPet', 'create'],
      ['readPet', 'read'],
    ]);
    expect(code).toBe(0);
  });
});

describe('--help', () => {
  it.for([
    [[], ['serve', 'explain', 'list', '--version', 'sparring serve hive']],
    [['explain'], ['<api>', '--json']],
    [['list'], ['--json']],
    [
      ['serve'],
      [
        '[api...]',
        '--port',
        '--host',
        '--seed',
        '--now',
        '--time-scale',
        '--fixtures',
        '--no-fixtures',
        '--data',
        '--cors',
        '--allow-host',
        '--latency',
        '--credential',
        '--set',
        '--https',
        '--https-key',
        '--https-cert',
        '--admin-token',
        '--config',
        '--watch',
        '--json',
        '--quiet',
        'SPARRING_PORT',
        'SPARRING_CREDENTIAL',
      ],
    ],
  ] as const)('of sparring %s names what it takes', async ([command, parts]) => {
    const { code, stdout, stderr } = await runSparring([...command, '--help']);
    expect(parts.filter((part) => !stdout.includes(part))).toEqual([]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('prints the version alone with --version', async () => {
    const { code, stdout } = await runSparring(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });
});
