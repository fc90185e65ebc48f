import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killAndDeliver } from './delivery-kill/kill-and-deliver.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparring-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// 50 kills in all; `npm run prove` does many more.
it.for([
  ['a folder', 'data/', 30, 11],
  ['a JSON file', 'state.json', 20, 12],
] as const)(
  'every answered event is delivered or shown after kill -9, with the data in %s',
  {
    timeout: 90_000,
  },
  async ([, name, kills, seed]) => {
    expect(await killAndDeliver(join(folder, name), kills, seed)).toBeGreaterThan(kills);
  },
);
