import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { alertmanager } from './real-servers/alertmanager.ts';
import { type DefectTable, isSignOf, readDefects } from './real-servers/defect-table.ts';
import { changesText, leftText, missedText, outsideText } from './real-servers/findings-text.ts';
import { loopback } from './real-servers/loopback.ts';
import { netdata } from './real-servers/netdata.ts';
import { powerdns } from './real-servers/powerdns.ts';
import type { RealServer } from './real-servers/real-server.ts';
import { runTester, type TesterRun } from './real-servers/tester-run.ts';

const servers = [loopback, alertmanager, powerdns, netdata];

/** Each is a run of its own at a server that was just started: the same seed makes the same requests. */
const seeds = [1, 2, 3];

/** To install a server, and to start and test it for each seed, takes well below this, in milliseconds. */
const timeout = 900_000;

describe.each(servers)('the tester at $name, by its own document', (server) => {
  let table: DefectTable;
  let runs: readonly TesterRun[];

  beforeAll(async () => {
    table = await readDefects(server.name);
    runs = await testServer(server);
  }, timeout);

  it('meets the version that the table of defects was made with', () => {
    expect(runs.map(({ version }) => version)).toEqual(seeds.map(() => table.server));
    expect(table.defects.length).toBeGreaterThanOrEqual(10);
  });

  it('uses the document, and sends requests', () => {
    for (const { code, printed, requests } of runs) {
      expect(code, printed).toBeOneOf([0, 1]);
      expect(requests).toBeGreaterThan(100);
    }
  });

  it('fails nothing but what the table has', () => {
    const outside = runs.flatMap(({ failures }) =>
      failures.filter(
        (failure) => failure.fatal && !table.defects.some((defect) => isSignOf(failure, defect)),
      ),
    );
    expectNone('kinds of failures outside the table', outsideText(outside));
    // A run that could not begin fails nothing, and that is no merit of it.
    expect(runs.map(({ code }) => code)).not.toContain(2);
  });

  it('finds nine tenths of the table', () => {
    const failures = runs.flatMap((run) => run.failures);
    const counted = table.defects.filter(({ uncounted }) => uncounted === undefined);
    const missed = counted.filter((defect) => !failures.some((failure) => isSignOf(failure, defect)));
    const told = `${missed.length} of ${counted.length} defects were not found`;
    const share = 1 - missed.length / counted.length;
    expect(share, [told, ...missed.map(missedText)].join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('changes nothing that was there before', () => {
    for (const { before } of runs) expect(before.size).toBeGreaterThan(0);
    expectNone(
      'changes',
      runs.flatMap(({ after, before, seed }) => changesText(before, after).map(bySeed(seed))),
    );
  });

  it('leaves nothing behind', () => {
    expectNone(
      'things left behind',
      runs.flatMap(({ after, before, seed }) => leftText(before, after).map(bySeed(seed))),
    );
  });
});

/** One run for each seed, one after the other; nothing of them is left when this ends. */
async function testServer(server: RealServer): Promise<readonly TesterRun[]> {
  const folder = await mkdtemp(join(tmpdir(), `sparring-${server.name}-`));
  const folderOf = async (name: string) => {
    const path = join(folder, name);
    await mkdir(path);
    return path;
  };
  try {
    const installed = await folderOf('installed');
    await server.install(installed);
    const runs: TesterRun[] = [];
    for (const seed of seeds) {
      const running = await server.start(await folderOf(`server-${seed}`), installed);
      try {
        runs.push(await runTester(running, seed, await folderOf(`tester-${seed}`)));
      } finally {
        await running.stop();
      }
    }
    return runs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bySeed(seed: number): (line: string) => string {
  return (line) => `seed ${seed}: ${line}`;
}

/** A list that should be empty; where it is not, all of it is shown, not the start alone. */
function expectNone(what: string, lines: readonly string[]): void {
  expect(lines.length, [`${lines.length} ${what}`, ...lines].join('\n')).toBe(0);
}
