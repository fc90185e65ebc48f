import { readFile, rename, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { change, commitOf, loadFile } from '../data-folder.ts';
import { createRandom } from '../kill-and-check.ts';

type Records = Map<string, number>;

interface FileContent {
  readonly records: { 'hive/users'?: { id: string; ordinal: number; record: { n: number } }[] };
}

/**
 * Writes, changes and deletes records while several editors save what they read some time ago, each with one edit; what the file holds
 * is compared with what it should after every save. Resolves with how many saves there were.
 */
export async function saveStaleTexts(path: string, steps: number, seed: number): Promise<number> {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const storage = await loadFile(path);
  const expected: Records = new Map();
  const ordinals = new Map<string, number>();
  /** Texts that editors have open. */
  const open: string[] = [];
  let next = 1;
  let saves = 0;
  const write = async (id: string, n: number | null) => {
    const ordinal = ordinals.get(id) ?? next;
    if (ordinal === next) next += 1;
    ordinals.set(id, ordinal);
    await storage.commit(commitOf([change(id, ordinal, n === null ? null : { n })]));
    if (n === null) expected.delete(id);
    else expected.set(id, n);
  };
  for (let step = 0; step < steps; step += 1) {
    const known = pick([...expected.keys()]);
    const choice = random();
    if (known === undefined || choice < 0.4) await write(`r${next}`, step);
    else if (choice < 0.6) await write(known, step);
    else if (choice < 0.65) {
      await write(known, null);
      ordinals.delete(known);
    } else if (choice < 0.8 || open.length === 0) {
      if (open.length > 3) open.shift();
      open.push(await readFile(path, 'utf8'));
    } else {
      const at = Math.floor(random() * open.length);
      const content: FileContent = JSON.parse(open.splice(at, 1)[0] ?? '');
      const entry = pick(content.records['hive/users'] ?? []);
      if (!entry) continue;
      entry.record.n = -1 - step;
      // Whole at once, as most editors do: who looks meanwhile must not meet half of it.
      await writeFile(`${path}~`, JSON.stringify(content, null, 2));
      await rename(`${path}~`, path);
      expected.set(entry.id, -1 - step);
      ordinals.set(entry.id, entry.ordinal);
      await storage.commit(commitOf([]));
      saves += 1;
      expect(await recordsIn(path)).toEqual(sorted(expected));
    }
  }
  await storage.close();
  const again = await loadFile(path);
  await again.commit(commitOf([]));
  expect(await recordsIn(path)).toEqual(sorted(expected));
  return saves;
}

async function recordsIn(path: string): Promise<readonly (readonly [string, number])[]> {
  const content: FileContent = JSON.parse(await readFile(path, 'utf8'));
  return sorted(new Map((content.records['hive/users'] ?? []).map(({ id, record }) => [id, record.n])));
}

function sorted(records: Records): readonly (readonly [string, number])[] {
  return [...records].sort(([one], [other]) => (one < other ? -1 : 1));
}
