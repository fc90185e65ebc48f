import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { attackDocument, measured } from './attack/attack-document.ts';
import { hostileDocuments } from './attack/hostile-documents.ts';

/** Bytes of the bodies. */
const size = 1_000_000;

describe('hostile documents and requests', () => {
  it.each(hostileDocuments)(
    '%s: all requests are answered, and few of them hold the event loop',
    async (name, document) => {
      const empty = await measured(() => new Promise((resolve) => setTimeout(resolve, 500)));
      const { bad, longestHold, requests } = await attackDocument(document, size);
      const heap = Math.round(process.memoryUsage().rss / 1024 / 1024);
      console.log(
        `${name}: ${requests} requests, longest hold ${longestHold.toFixed(0)} ms (empty loop ${(empty.max / 1e6).toFixed(0)} ms), ${heap} MB`,
      );
      expect(bad).toEqual([]);
    },
  );

  it.each(hostileDocuments)('%s: is planned within 5 s of processor time', async (name, document) => {
    const before = process.cpuUsage();
    const loaded = await loadDocument({ name: 'hostile', document });
    const { cases } = makePlan(loaded);
    const { system, user } = process.cpuUsage(before);
    console.log(`${name}: ${cases.length} cases in ${((user + system) / 1e6).toFixed(1)} s`);
    expect(user + system).toBeLessThan(5_000_000);
  });
});
