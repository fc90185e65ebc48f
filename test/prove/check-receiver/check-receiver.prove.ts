import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { checkReceiver } from '../../../src/contract/run/check-receiver.ts';
import { verify as verifyGithub } from '../webhook-sdks/github.ts';
import { sdkReceiver } from '../webhook-sdks/sdk-receiver.ts';
import { verify as verifyStandard } from '../webhook-sdks/standard-webhooks.ts';
import { checkSteps, documentFile, documentOf, othersOf, outcomeOf, withFolder } from './check-corpus.ts';
import { buggyReceiver, bugs, rightReceiver, subjects } from './corpus.ts';
import { secrets } from './providers.ts';
import { startReceiver } from './start-receiver.ts';

const folder = import.meta.dirname;
/** What only what the receiver keeps shows, and what only another subscription's secret does. */
const byProbe = (seen: string | undefined, name: string) =>
  seen === 'probe' || name === 'rounds-large-integers';
const byOther = (name: string) => name === 'anothers-secret-passes';

describe('right receivers get no failing finding, within a minute', () => {
  test.each(subjects.flatMap((subject) => [false, true].map((probe) => ({ subject, probe }))))(
    '$subject, probe: $probe',
    async ({ probe, subject }) => {
      const started = performance.now();
      const report = await checkSteps(rightReceiver(subject), subject, { probe, other: true });
      expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
      expect(report.counts.assertions).toBeGreaterThan(100);
      expect(performance.now() - started).toBeLessThan(60_000);
    },
  );

  test.each([
    ['shop-standard-webhooks', verifyStandard],
    ['shop-github', verifyGithub],
  ] as const)('%s, verified by the library of its scheme', async (subject, verify) => {
    const report = await checkSteps(sdkReceiver(subject, verify), subject, { probe: true });
    expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
  });
});

describe('each bug is found', () => {
  test.each(bugs.filter(({ seen }) => seen !== 'kill'))('$name', async (bug) => {
    const { name, seen, subject } = bug;
    const report = await checkSteps(buggyReceiver(bug), subject, {
      probe: byProbe(seen, name),
      other: byOther(name),
    });
    const { failed, told } = outcomeOf(report);
    expect(seen === 'told' ? told : failed).not.toEqual([]);
    if (seen === 'told') expect(failed).toEqual([]);
  });
});

interface RunningProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly probeUrl: string;
  readonly subject: (typeof subjects)[number];
}

async function start(...args: string[]): Promise<RunningProcess> {
  const child = spawn(process.execPath, [join(folder, 'run-receiver.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, ...JSON.parse(line) };
}

/** Runs the check with a kill, by a script that kills a receiver by its id and starts it anew. */
async function failedAfterKill(name: string): Promise<readonly string[]> {
  return withFolder(async (kept) => {
    const file = join(kept, 'effects.jsonl');
    const first = await start(name, '--file', file);
    const { port } = new URL(first.url);
    const id = join(kept, 'id');
    await writeFile(id, String(first.child.pid));
    const kill = join(kept, 'kill.sh');
    const again = `"${process.execPath}" "${join(folder, 'run-receiver.ts')}" ${name} --port ${port} --file "${file}"`;
    await writeFile(kill, `#!/bin/sh\nkill -9 $(cat "${id}")\n${again} > /dev/null &\necho $! > "${id}"\n`);
    await chmod(kill, 0o755);
    try {
      const { probeUrl: probe, subject, url: to } = first;
      const report = await checkReceiver(documentOf(subject), {
        to,
        secret: secrets[subject],
        probe,
        kill,
        only: ['effects/stored'],
      });
      expect(report.counts.assertions).toBeGreaterThan(0);
      return outcomeOf(report).failed;
    } finally {
      process.kill(Number(await readFile(id, 'utf8')), 'SIGKILL');
    }
  });
}

describe('what was answered outlives a kill', () => {
  test('of the right receiver', async () => {
    expect(await failedAfterKill('shop-standard-webhooks')).toEqual([]);
  });

  test.each(bugs.filter(({ seen }) => seen === 'kill'))('but not of $name', async ({ name }) => {
    expect(await failedAfterKill(name)).toEqual(['stored-before-answered']);
  });
});

describe('the exit code tells', () => {
  async function exitCode(name: string | undefined, subject: (typeof subjects)[number]): Promise<number> {
    return withFolder(async (kept) => {
      const bug = bugs.find((each) => each.name === name);
      const receiver = await startReceiver(bug ? buggyReceiver(bug) : rightReceiver(subject));
      const cli = join(folder, '../../../src/cli.ts');
      const args = [cli, 'check-receiver', await documentFile(subject, kept), '--to', receiver.url];
      const own = [
        '--secret',
        secrets[subject],
        ...othersOf(subject).flatMap((secret) => ['--secret', secret]),
        '--probe',
        receiver.probeUrl,
      ];
      const child = spawn(process.execPath, [...args, ...own], { stdio: 'ignore' });
      const [code] = await once(child, 'exit');
      await receiver.close();
      return code;
    });
  }

  test.each(['shop-standard-webhooks', 'rehive'] as const)(
    '0 for the right receiver of %s',
    async (subject) => {
      expect(await exitCode(undefined, subject)).toBe(0);
    },
  );

  test.each(['verifies-stringified', 'works-twice', 'older-over-newer'])('1 for %s', async (name) => {
    expect(await exitCode(name, 'shop-standard-webhooks')).toBe(1);
  });
});
