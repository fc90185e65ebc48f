import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killAndDeliver } from '../e2e/delivery-kill/kill-and-deliver.ts';

it.for([
  ['data/', 21],
  ['data/', 22],
  ['state.json', 23],
] as const)(
  'nothing that was answered is lost over 150 kills of a server with --data %s (seed %i)',
  {
    timeout: 600_000,
  },
  async ([name, seed]) => {
    const folder = await mkdtemp(join(tmpdir(), 'sparring-kill-'));
    expect(await killAndDeliver(join(folder, name), 150, seed)).toBeGreaterThan(150);
    await rm(folder, { recursive: true, force: true });
  },
);
