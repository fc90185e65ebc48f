import { expect, it } from 'vitest';
import { attackDocument } from '../prove/attack/attack-document.ts';
import { hostileBodies, hostileDocuments } from '../prove/attack/hostile-documents.ts';
import { randomBodies, randomDocument } from '../prove/attack/random-attack.ts';

/** The short form of the long proof `attack`. */
it.each(hostileDocuments)(
  '%s: hostile requests are all answered, and none with a fault of the server',
  async (_, document) => {
    const { bad, requests } = await attackDocument(document, hostileBodies(2000));
    expect(bad).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  },
);

it.each([1, 2, 3, 4, 5, 6])(
  'seed %i: what it asks is answered, and never with a fault of the server',
  async (seed) => {
    const { bad, requests } = await attackDocument(randomDocument(seed, 5), randomBodies(seed, 2000));
    expect(bad).toEqual([]);
    expect(requests).toBe(14);
  },
);
