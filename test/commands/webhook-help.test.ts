import { describe, expect, it } from 'vitest';
import { runSparring } from './run-sparring.ts';

describe.concurrent('--help of the webhook commands', () => {
  it.for([
    ['events', ['[api]', '[event]', '--json']],
    [
      'fire',
      [
        ...[
          '--to',
          '--set',
          '--data',
          '--example',
          '--seed',
          '--no-validate',
          '--invalid',
          '--header',
          '--secret',
        ],
        ...[
          '--corrupt-signature',
          '--count',
          '--concurrency',
          '--rate',
          '--duplicate',
          '--shuffle',
          '--print',
        ],
        ...['--real-time', '--expect', '--json', 'Exit code', 'Examples:'],
      ],
    ],
    [
      'listen',
      ['--port', '--scheme', '--secret', '--status', '--fail-first', '--delay', '--body', '--verbose'],
    ],
    ['deliveries', ['--server', '--data', '--state', '--event', '--api', '--json']],
    ['resend', ['[ids...]', '--failed', '--server', '--data', '--document', '--allow-host']],
  ] as const)('of sparring %s names what it takes', async ([command, parts]) => {
    const { code, stdout } = await runSparring([command, '--help']);
    expect(parts.filter((part) => !stdout.includes(part))).toEqual([]);
    expect(code).toBe(0);
  });
});

describe.concurrent('an unknown flag is answered with the nearest', () => {
  it.for([
    ['events', '--jsno', '--json'],
    ['listen', '--fail-frist', '--fail-first'],
    ['deliveries', '--sate', '--state'],
    ['resend', '--faild', '--failed'],
  ] as const)('sparring %s %s', async ([command, flag, right]) => {
    const { code, stderr } = await runSparring([command, flag]);
    expect(stderr).toContain(right);
    expect(code).toBe(2);
  });
});
