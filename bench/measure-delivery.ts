import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './child-server.ts';
import { concurrency, deliveries, type LoadKind, type Rates } from './delivery-load.ts';
import { measureWriteLatency } from './measure-write-latency.ts';
import { formatRatio } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
/** A delivery took 77, 55, 47, 31 and 29 µs in the first five: by then what is hot is compiled. */
const warmRounds = 4;

interface Ratios {
  readonly waiting: number[];
  readonly withWrites: number[];
}

/** How fast deliveries go out beside a bare undici loop that posts the same bytes, and what they cost the API. */
export async function measureDelivery(): Promise<string> {
  const receiver = await startServer(['bench/webhook-receiver.ts', '{port}'], '/');
  const folder = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
  const memory: Ratios = { waiting: [], withWrites: [] };
  const kept: Ratios = { waiting: [], withWrites: [] };
  // A process each, so that what one of them has compiled, or left as garbage, is no burden for the others.
  const [bare, inMemory, inFolder] = [
    new Load('bare', receiver.url),
    new Load('memory', receiver.url),
    new Load('folder', receiver.url),
  ];
  try {
    let before = await bare.round();
    for (let round = -warmRounds; round < rounds; round += 1) {
      const ofMemory = await inMemory.round();
      const between = await bare.round();
      const ofFolder = await inFolder.round();
      const after = await bare.round();
      // Compared with the bare loops on both sides of it, since other work on the machine comes and goes.
      if (round >= 0) {
        note(memory, ofMemory, (before.waiting + between.waiting) / 2);
        note(kept, ofFolder, (between.waiting + after.waiting) / 2);
      }
      before = after;
    }
    for (const load of [bare, inMemory, inFolder]) load.end();
    const p99 = await measureWriteLatency(receiver.url, folder);
    return [
      `${deliveries} deliveries of 1 KB to one endpoint, ${concurrency} at once; of a bare undici loop that posts the same bytes, median (spread)`,
      `  that wait, in memory        ${formatRatio(memory.waiting)}  goal 0.7`,
      `  that wait, --data dir       ${formatRatio(kept.waiting)}`,
      `  with their writes, in memory  ${formatRatio(memory.withWrites)}`,
      `  with their writes, --data dir ${formatRatio(kept.withWrites)}`,
      `p99 of the API's creations with one delivery each, of those without ${formatRatio(p99)}  goal at most 1.2`,
    ].join('\n');
  } finally {
    for (const load of [bare, inMemory, inFolder]) load.end();
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function note(ratios: Ratios, { waiting, withWrites }: Rates, bare: number): void {
  ratios.waiting.push(waiting / bare);
  ratios.withWrites.push(withWrites / bare);
}

/** What sends deliveries in a process of its own, a round at a time. */
class Load {
  readonly #child: ChildProcess;
  /** Rejects when it ends, which it does not by itself. */
  readonly #ended: Promise<never>;

  constructor(kind: LoadKind, url: string) {
    this.#child = fork(fileURLToPath(new URL('delivery-load.ts', import.meta.url)), [kind, url]);
    this.#ended = once(this.#child, 'exit').then(() => {
      throw new Error(`What sends deliveries (${kind}) has ended.`);
    });
    this.#ended.catch(() => undefined);
  }

  async round(): Promise<Rates> {
    this.#child.send('round');
    const [rates] = await Promise.race([once(this.#child, 'message'), this.#ended]);
    return rates;
  }

  end(): void {
    this.#child.kill();
  }
}
