import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { createPlanContext } from '../../src/contract/plan/requests/plan-context.ts';
import { violationsOf } from '../../src/contract/plan/requests/violations-of.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { letPass, testServerOf } from './keyword-server.ts';
import { keywordsDocument, keywordTable, unexplained, withoutKeyword } from './keywords.ts';

const document = await loadDocument({ name: 'keywords', document: keywordsDocument });
const plan = makePlan(document, { phases: ['negatives'] });
const negatives = plan.cases.filter(({ steps }) => steps[0]?.broken);

/** The rules of the plan's negatives that schemas without a keyword let pass. */
async function letPassWithout(keyword: string): Promise<readonly string[]> {
  const lax = await loadDocument({ name: 'lax', document: withoutKeyword(keywordsDocument, keyword) });
  const context = createPlanContext(lax, 1);
  return negatives.flatMap(({ operation, steps }) => {
    const [step] = steps;
    const own = lax.operationsById.get(operation.id);
    const violations = step && own && violationsOf(context, own, step.request);
    return violations?.length === 0 ? [`${step?.broken?.location} ${step?.broken?.keyword}`] : [];
  });
}

describe('negatives by keyword', () => {
  it('leave no keyword out, and find no gap', () => {
    const broken = new Set(negatives.map(({ steps }) => steps[0]?.broken?.keyword));
    expect(keywordTable.map(([keyword]) => keyword).filter((keyword) => !broken.has(keyword))).toEqual([]);
    expect(plan.gaps).toEqual([]);
  });

  it.each(keywordTable)('break %s alone, wherever it stands', async (keyword, places) => {
    const found = await letPassWithout(keyword);
    for (const place of places) expect(found).toContain(`${place} ${keyword}`);
    expect(unexplained(found, keyword)).toEqual([]);
  });

  it('are caught on a server that does not look at one of them, and on no other', async () => {
    const only = ['findPlace/'];
    expect(letPass(await testServerOf(document, keywordsDocument, { only }))).toEqual([]);
    const report = await testServerOf(document, withoutKeyword(keywordsDocument, 'maximum'), { only });
    expect(letPass(report)).toEqual(['query/limit maximum']);
  });
});
