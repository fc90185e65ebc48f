import { writeSync } from 'node:fs';
import { openStorage } from '../../src/storage/open-storage.ts';
import { delivery, settled } from './delivery-samples.ts';

/**
 * A process to be killed: `commit-forever.ts <data>` loads the data, then commits records r1, r2, … without end, several at
 * a time, and prints the ordinal of each commit once it is answered. Each commit also carries an event of the same number,
 * and a delivery, of which each second one is settled already.
 */
const [, , data = ''] = process.argv;
const storage = await openStorage(data, {
  time: { now: Date.now, monotonic: () => performance.now(), wait: () => () => undefined },
});
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
      deliveries: [ordinal % 2 === 0 ? settled(ordinal) : delivery(ordinal)],
      ordinals: { 'kill/records': ordinal + 1 },
    });
    writeSync(1, `${ordinal}\n`);
  }
}

await Promise.all([commitOn(), commitOn(), commitOn()]);
