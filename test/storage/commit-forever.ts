import { writeSync } from 'node:fs';
import { openJsonFile } from '../../src/storage/json-file.ts';

/**
 * A process to be killed: `commit-forever.ts <path>` loads the file, then commits records r1, r2, … without end, several at
 * a time, and prints the ordinal of each commit once it is answered. Each commit also carries an event of the same number.
 */
const [, , path = ''] = process.argv;
const storage = await openJsonFile(path, { time: { now: Date.now, wait: () => () => undefined } });
const [stored] = await storage.load();
let next = stored?.ordinals['kill/records'] ?? 1;

async function commitOn(): Promise<void> {
  for (;;) {
    const ordinal = next;
    next += 1;
    await storage.commit({
      namespace: 'default',
      clear: false,
      changes: [
        {
          api: 'kill',
          collection: 'records',
          id: `r${ordinal}`,
          ordinal,
          value: { ordinal, text: 'x'.repeat(300) },
        },
      ],
      events: [{ id: `e${ordinal}`, api: 'kill', name: 'made', at: ordinal, payload: null }],
      ordinals: { 'kill/records': ordinal + 1 },
    });
    writeSync(1, `${ordinal}\n`);
  }
}

await Promise.all([commitOn(), commitOn(), commitOn()]);
