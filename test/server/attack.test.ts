import { expect, it } from 'vitest';
import { attackDocument } from '../prove/attack/attack-document.ts';
import { hostileDocuments } from '../prove/attack/hostile-documents.ts';

/** The short form of the long proof `attack`. */
it.each(hostileDocuments)(
  '%s: hostile requests are all answered, and none with a fault of the server',
  async (_, document) => {
    const { bad, requests } = await attackDocument(document, 2000);
    expect(bad).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  },
);
