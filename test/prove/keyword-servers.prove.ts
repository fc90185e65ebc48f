import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { letPass, testServerOf } from '../contract/keyword-server.ts';
import { keywordsDocument, keywordTable, unexplained, withoutKeyword } from '../contract/keywords.ts';

const document = await loadDocument({ name: 'keywords', document: keywordsDocument });

describe('a server that does not look at one keyword', () => {
  it.each(keywordTable)('is caught: %s', async (keyword, places) => {
    const found = letPass(await testServerOf(document, withoutKeyword(keywordsDocument, keyword)));
    for (const place of places) expect(found).toContain(`${place} ${keyword}`);
    expect(unexplained(found, keyword)).toEqual([]);
  });

  it('is not, by whatever seed, where it looks at all of them', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const report = await testServerOf(document, keywordsDocument, {
        seed,
        phases: ['negatives', 'fuzzing'],
      });
      expect(letPass(report)).toEqual([]);
    }
  });
});
