import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './child-server.ts';
import { formatRatio } from './statistics.ts';

const rounds = 9;

/** Process start to the first answered request, and resident memory when idle, beside a bare Express server. */
export async function measureStart(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'sparring-bench-')), 'customers.json');
  writeFileSync(file, JSON.stringify({ token: 'none', customers: [] }));
  const times: number[] = [];
  const memories: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await startServer(
      ['src/cli.ts', 'serve', 'hive', '--quiet', '-p', '{port}'],
      '/hive/customers',
    );
    const express = await startServer(
      ['bench/baselines/serve.ts', 'express', '{port}', file],
      '/hive/customers',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The first round fills the compile cache.
    if (round > 0) {
      times.push(ours.milliseconds / express.milliseconds);
      memories.push(ours.memory() / express.memory());
    }
    await Promise.all([ours.stop(), express.stop()]);
  }
  return `  first answer of express ${formatRatio(times)}  goal at most 1.5\n  idle memory  of express ${formatRatio(memories)}  goal at most 1.6`;
}
