import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { createPlanContext } from '../../src/contract/plan/requests/plan-context.ts';
import { violationsOf } from '../../src/contract/plan/requests/violations-of.ts';
import { formatPlan } from '../../src/contract/report/terminal/format-plan.ts';
import { findApi } from '../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const notes = await loadDocument('test/contract/notes.yaml');
const hive = await loadDocument(findApi('hive'));
const context = createPlanContext(hive, 1);
const plan = makePlan(hive, {}, context);
const idsOf = (options: Parameters<typeof makePlan>[1], document = hive) =>
  makePlan(document, options).cases.map(({ id }) => id);

describe('a plan', () => {
  it('is the same for the same seed, and names every case once', () => {
    expect(formatPlan(makePlan(hive, { seed: 3 }))).toBe(formatPlan(makePlan(hive, { seed: 3 })));
    expect(new Set(plan.cases.map(({ id }) => id)).size).toBe(plan.cases.length);
  });

  it('has negatives that the compiled schemas refuse for the broken field alone', () => {
    const negatives = plan.cases.filter(({ phase }) => phase === 'negatives');
    expect(negatives.length).toBeGreaterThan(100);
    for (const { id, operation, steps } of negatives) {
      const [step] = steps;
      const violations = step && violationsOf(context, operation, step.request);
      const outside = violations?.filter(
        ({ location }) => !location.startsWith(step?.broken?.location ?? '?'),
      );
      expect({ id, count: violations?.length ?? 0 }).not.toEqual({ id, count: 0 });
      expect({ id, outside }).toEqual({ id, outside: [] });
    }
  });

  it('has positives and examples that the compiled schemas take', () => {
    const positives = plan.cases.filter(({ phase }) => phase === 'positives' || phase === 'examples');
    for (const { id, operation, steps } of positives) {
      const [step] = steps;
      expect({ id, violations: step && violationsOf(context, operation, step.request) }).toEqual({
        id,
        violations: [],
      });
    }
  });

  it('breaks every kind of constraint, and tries its edge', () => {
    expect(idsOf({ phases: ['negatives'] }, notes)).toEqual([
      'createNote/negatives/application/json-body-type-1',
      'createNote/negatives/application/json-body-type-2',
      'createNote/negatives/application/json-body-type-3',
      'createNote/negatives/application/json-body/title-required-1',
      'createNote/negatives/application/json-body/title-type-1',
      'createNote/negatives/application/json-body/title-type-2',
      'createNote/negatives/application/json-body/title-type-3',
      'createNote/negatives/application/json-body/title-minLength-1',
      'createNote/negatives/application/json-body/title-maxLength-1',
      'createNote/negatives/application/json-body/stars-type-1',
      'createNote/negatives/application/json-body/stars-type-2',
      'createNote/negatives/application/json-body/stars-type-3',
      'createNote/negatives/application/json-body/stars-minimum-1',
      'createNote/negatives/application/json-body/stars-maximum-1',
      'createNote/negatives/application/json-body/tags-type-1',
      'createNote/negatives/application/json-body/tags-type-2',
      'createNote/negatives/application/json-body/tags-type-3',
      'createNote/negatives/application/json-body/tags-maxItems-1',
      'createNote/negatives/application/json-body/tags/0-type-1',
      'createNote/negatives/application/json-body/tags/0-type-2',
      'createNote/negatives/application/json-body/tags/0-type-3',
      'createNote/negatives/body-required',
      'createNote/negatives/application/json-body-empty',
      'createNote/negatives/application/json-body-malformed',
    ]);
    const edges = idsOf({ phases: ['positives'] }, notes);
    for (const edge of [
      'title-minLength-1',
      'title-maxLength-20',
      'title-unicode',
      'stars-minimum-0',
      'stars-maximum-5',
      'tags-maxItems-3',
      'without-optional-fields',
    ])
      expect(edges.some((id) => id.endsWith(edge))).toBe(true);
  });

  it('makes what a case needs, ids of examples included', () => {
    const check = plan.cases.find(({ id }) => id === 'createCheck/examples/application/json-check');
    expect(check?.preconditions).toEqual([
      { name: 'sessions', collection: 'sessions', usableFor: 'createCheck' },
    ]);
    expect(check?.steps[0]?.request.body?.value).toEqual({ session_id: { $from: 'sessions', field: 'id' } });
    const session = plan.cases.find(({ id }) => id === 'createSession/examples/application/json-session');
    expect(session?.steps[0]?.request.body?.value).toMatchObject({
      customer_id: { $from: 'customers', field: 'id' },
    });
  });

  it('tells the life of a record in order', () => {
    const life = plan.cases.find(({ id }) => id === 'createCustomer/sequences/life-customers');
    expect(life?.steps.map(({ name }) => name)).toEqual([
      'create',
      'read',
      'list',
      'update',
      'read after update',
      'list after update',
      'delete',
      'read after delete',
      'list after delete',
    ]);
  });

  it('is narrowed by what is wanted, what is not, phases and a number', () => {
    expect(idsOf({ only: ['createCustomer'] }).every((id) => id.includes('createCustomer'))).toBe(true);
    expect(idsOf({ only: ['createCustomer'] }).length).toBeGreaterThan(20);
    expect(idsOf({ skip: ['negatives'] }).some((id) => id.includes('negatives'))).toBe(false);
    expect(idsOf({ phases: ['sequences'] }).every((id) => id.includes('/sequences/'))).toBe(true);
    const few = makePlan(hive, { maxCases: 60 }).cases;
    expect(few).toHaveLength(60);
    expect(new Set(few.map(({ operation }) => operation.id)).size).toBe(hive.operations.length);
  });
});
