import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { createMock } from '../../src/index.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { attackDocument, longestTurn } from './attack/attack-document.ts';
import { hostileBodies, hostileDocuments, largeDocument } from './attack/hostile-documents.ts';
import { randomBodies, randomDocument } from './attack/random-attack.ts';

/** Bytes of the bodies. */
const size = 1_000_000;
const seed = Number(process.env.SPARRING_ATTACK_SEED ?? 1);
const rounds = 30;
const seeds = Array.from({ length: rounds }, (_, round) => seed * 1000 + round);

type Attack = readonly [name: string, document: unknown, bodies: readonly string[]];
const attacks: readonly Attack[] = [
  ...hostileDocuments.map(([name, document]): Attack => [name, document, hostileBodies(size)]),
  ...seeds.map((one): Attack => [`seed ${one}`, randomDocument(one), randomBodies(one, size)]),
  ['a large document', largeDocument(2000, 3), randomBodies(seed, size)],
];

describe('hostile documents and requests', () => {
  it.each(attacks)('%s: no request holds the event loop for 100 ms', async (name, document, bodies) => {
    const empty = await longestTurn(() => new Promise((resolve) => setTimeout(resolve, 500)));
    const { bad, longestHold, requests } = await attackDocument(document, bodies);
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
    console.log(
      `${name}: ${requests} requests, longest hold ${longestHold.toFixed(0)} ms (empty loop ${empty.toFixed(0)} ms), ${memory} MB`,
    );
    expect(bad).toEqual([]);
    expect(longestHold - empty).toBeLessThanOrEqual(100);
  });

  it.each(attacks)('%s: is ready, and planned, within 5 s of processor time', async (name, document) => {
    const before = process.cpuUsage();
    const mock = await createMock({ apis: [{ name: 'hostile', document }], port: 0 });
    const { system, user } = process.cpuUsage(before);
    await mock.close();
    const beforePlan = process.cpuUsage();
    const { cases } = makePlan(await loadDocument({ name: 'hostile', document }));
    const plan = process.cpuUsage(beforePlan);
    console.log(
      `${name}: ready in ${((user + system) / 1e6).toFixed(1)} s, ${cases.length} cases in ${((plan.user + plan.system) / 1e6).toFixed(1)} s`,
    );
    expect(user + system).toBeLessThan(5_000_000);
    expect(plan.user + plan.system).toBeLessThan(5_000_000);
  });
});
