import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExternalEdit, Storage } from '../../src/model/storage.ts';
import { change, commitOf, loadFile, makeFolder } from './data-folder.ts';
import { delivery, settled } from './delivery-samples.ts';

interface FileContent {
  revision?: number;
  ordinals?: Record<string, number>;
  records: { 'hive/users': { id: string; ordinal: number; record: Record<string, unknown> }[] };
  events: { id: string }[];
  deliveries?: { id: string; state: string }[];
}

const parse = (text: string): FileContent => JSON.parse(text);
const contentOf = async (path: string) => parse(await readFile(path, 'utf8'));
const recordsOf = ({ records }: FileContent) =>
  Object.fromEntries(records['hive/users'].map(({ id, record }) => [id, record]));

/** Makes records `from` to `to`, one write each. */
async function makeRecords(storage: Storage, from: number, to: number): Promise<void> {
  for (let ordinal = from; ordinal <= to; ordinal += 1) {
    await storage.commit(commitOf([change(`r${ordinal}`, ordinal, { n: ordinal })]));
  }
}

async function open(path: string) {
  const storage = await loadFile(path);
  const edits: ExternalEdit[] = [];
  storage.onEdit?.((edit) => edits.push(edit));
  return { storage, edits };
}

/** Saves what an editor made of `read`, and lets the storage notice, by a write of its own or because it looks. */
async function save(path: string, storage: Storage, read: string, edit: (content: FileContent) => void) {
  const content = parse(read);
  edit(content);
  await writeFile(path, JSON.stringify(content, null, 2));
  await storage.commit(commitOf([]));
}

const userOf = (content: FileContent, id: string) => {
  const found = content.records['hive/users'].find((entry) => entry.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};

describe('a save by an editor that had read the file a while ago', () => {
  test('deletes nothing that was written since, keeps what was changed since, and does what was edited', async () => {
    const path = join(await makeFolder(), 'state.json');
    const { edits, storage } = await open(path);
    const first = Array.from({ length: 2000 }, (_, index) => change(`b${index}`, index + 1, { n: index }));
    await storage.commit(commitOf(first, { ordinals: { 'hive/users': 2001 } }));
    const read = await readFile(path, 'utf8');
    await makeRecords(storage, 2001, 2100);
    await storage.commit(commitOf([change('b7', 8, { n: 'newer' }), change('b8', 9, null)]));
    await storage.commit(commitOf([change('b9', 10, { n: 'both' })]));
    await save(path, storage, read, (content) => {
      userOf(content, 'b1').record.n = 'edited';
      userOf(content, 'b9').record.n = 'by hand';
      content.records['hive/users'] = content.records['hive/users'].filter(({ id }) => id !== 'b2');
    });
    const records = recordsOf(await contentOf(path));
    expect(Object.keys(records)).toHaveLength(2000 + 100 - 2);
    expect([records.b1, records.b7, records.b9]).toEqual([{ n: 'edited' }, { n: 'newer' }, { n: 'by hand' }]);
    expect([records.b2, records.b8]).toEqual([undefined, undefined]);
    expect(edits).toHaveLength(1);
    expect(edits[0]?.changes.map(({ id }) => id).sort()).toEqual(['b1', 'b2', 'b9']);
    expect(edits[0]?.overruled).toEqual([{ api: 'hive', collection: 'users', id: 'b9' }]);
  });

  test('is put right in the file at once, though nobody writes', async () => {
    const path = join(await makeFolder(), 'state.json');
    const { edits, storage } = await open(path);
    await makeRecords(storage, 1, 3);
    const read = await readFile(path, 'utf8');
    await makeRecords(storage, 4, 6);
    const content = parse(read);
    userOf(content, 'r1').record.n = 'edited';
    await writeFile(path, JSON.stringify(content));
    await expect.poll(async () => Object.keys(recordsOf(await contentOf(path))).length).toBe(6);
    expect(edits.map(({ changes }) => changes.length)).toEqual([1]);
  });

  test('is compared with the editor’s own save before, when it had not read what came in between', async () => {
    const path = join(await makeFolder(), 'state.json');
    const { storage } = await open(path);
    await makeRecords(storage, 1, 2);
    const read = await readFile(path, 'utf8');
    const rename = (name: string) => (content: FileContent) => {
      userOf(content, 'r1').record.n = name;
    };
    await save(path, storage, read, rename('once'));
    await makeRecords(storage, 3, 5);
    // Taken back: not the same as never edited.
    await save(path, storage, read, (content) => {
      userOf(content, 'r1').record.n = 1;
    });
    const records = recordsOf(await contentOf(path));
    expect(records.r1).toEqual({ n: 1 });
    expect(Object.keys(records)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  });

  test('counts by the counters in the text where its version is forgotten or unnamed', async () => {
    for (const revision of [undefined, 4_000_000]) {
      const path = join(await makeFolder(), 'state.json');
      const { storage } = await open(path);
      await makeRecords(storage, 1, 5);
      const read = await readFile(path, 'utf8');
      await makeRecords(storage, 6, 9);
      await save(path, storage, read, (content) => {
        if (revision === undefined) delete content.revision;
        else content.revision = revision;
        content.records['hive/users'] = content.records['hive/users'].filter(({ id }) => id !== 'r2');
      });
      expect(Object.keys(recordsOf(await contentOf(path)))).toEqual([
        'r1',
        'r3',
        'r4',
        'r5',
        'r6',
        'r7',
        'r8',
        'r9',
      ]);
    }
  });

  test('is told apart over a restart too', async () => {
    const path = join(await makeFolder(), 'state.json');
    const before = await open(path);
    await makeRecords(before.storage, 1, 5);
    const read = await readFile(path, 'utf8');
    await makeRecords(before.storage, 6, 7);
    await before.storage.close();
    const { storage } = await open(path);
    await makeRecords(storage, 8, 9);
    await save(path, storage, read, (content) => {
      userOf(content, 'r3').record.n = 'edited';
    });
    const records = recordsOf(await contentOf(path));
    expect(Object.keys(records)).toHaveLength(9);
    expect(records.r3).toEqual({ n: 'edited' });
  });

  test('brings no deliveries and events back that are over, and loses none that came since', async () => {
    const path = join(await makeFolder(), 'state.json');
    const { storage } = await open(path);
    const event = (id: string) => ({ id, api: 'hive', name: 'made', at: 1, payload: null });
    await storage.commit(
      commitOf([change('a', 1, {})], { events: [event('e1')], deliveries: [delivery(1), settled(2)] }),
    );
    const read = await readFile(path, 'utf8');
    await storage.commit({ ...commitOf([change('a', 1, {})]), clear: true });
    await storage.commit(commitOf([], { events: [event('e2')], deliveries: [delivery(3)] }));
    await save(path, storage, read, (content) => {
      userOf(content, 'a').record.n = 'edited';
    });
    const { deliveries, events } = await contentOf(path);
    expect(deliveries?.map(({ id }) => id)).toEqual(['d3']);
    expect(events.map(({ id }) => id)).toContain('e2');
  });
});
