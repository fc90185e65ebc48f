import { describe, expect, it } from 'vitest';
import { checkTemplate, fillTemplate } from '../../../src/openapi/expressions/fill-template.ts';

const context = {
  before: { id: 5, email: 'old@example.com' },
  after: { id: 5, email: 'new@example.com', tags: ['a'], balance: 10 },
  settings: { company: 'acme' },
};

function problems(template: unknown) {
  return [...checkTemplate(template, '#/x', { roots: ['$after', '$setting'], settings: ['company'] })];
}

describe('a template', () => {
  it('becomes its values, whatever their type', () => {
    const template = {
      company: '$setting.company',
      user: '$after',
      tags: ['$after#/tags', 'b', 5, null],
      text: 'user {$after#/id} of {$setting.company}: {$after#/tags}',
    };
    expect(fillTemplate(template, context)).toEqual({
      company: 'acme',
      user: context.after,
      tags: [['a'], 'b', 5, null],
      text: 'user 5 of acme: ["a"]',
    });
    expect(fillTemplate('$after#/balance', context)).toBe(10);
  });

  it('leaves out keys and items without a value', () => {
    const template = { a: '$after#/none', b: ['$after#/none', 1], c: { d: 'x{$after#/none}' } };
    expect(fillTemplate(template, context)).toEqual({ b: [1], c: {} });
    expect(fillTemplate('$after#/none', context)).toBeUndefined();
  });

  it('joins objects, the later winning', () => {
    const template = { $merge: ['$after', { email: '$before#/email', original: '$before' }, '$after#/none'] };
    expect(fillTemplate(template, context)).toEqual({
      ...context.after,
      email: 'old@example.com',
      original: context.before,
    });
    expect(fillTemplate({ user: { $merge: ['$before'] } }, { before: null })).toEqual({});
    expect(context.after.email).toBe('new@example.com');
  });

  it('adds numbers', () => {
    const template = {
      balance: { $add: ['$after#/balance', 5, { $add: [1, 1] }] },
      tries: { $add: ['$after#/tries', 1] },
    };
    expect(fillTemplate(template, context)).toEqual({ balance: 17, tries: 1 });
  });

  it('leaves dollars and braces that are no expressions alone', () => {
    for (const text of ['$5.00', '{after}', 'a $ b', '$', '{$}']) {
      expect(fillTemplate({ text }, context)).toEqual({ text });
      expect(problems(text)).toEqual([]);
    }
  });

  it('never reaches a prototype', () => {
    const template = JSON.parse('{"__proto__": {"polluted": "$after#/id"}, "a": "$after#/id"}');
    const filled = fillTemplate(template, context);
    expect(filled).toEqual({ a: 5 });
    expect(Object.getPrototypeOf(filled)).toBe(Object.prototype);
    const evil = { after: JSON.parse('{"__proto__": {"polluted": 1}, "b": 2}') };
    const merged = fillTemplate({ $merge: ['$after'] }, evil);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(merged).toEqual({ b: 2 });
  });

  it('gives a fresh value each time where it computes one', () => {
    const template = { id: '$after#/id' };
    expect(fillTemplate(template, context)).toEqual({ id: 5 });
    expect(fillTemplate(template, { after: { id: 6 } })).toEqual({ id: 6 });
  });
});

describe('a template is checked', () => {
  it.for<[unknown, string, string]>([
    [{ a: [1, '$aftr'] }, '#/x/a/1', 'is no runtime expression'],
    [{ a: 'x {$after.id} y' }, '#/x/a', 'expected $after#/<JSON pointer>'],
    ['x {$after#/id', '#/x', 'expected "}"'],
    [{ a: '$before#/id' }, '#/x/a', '$before has no value here; there are $after, $setting'],
    ['$setting.compny', '#/x', 'there is no setting named "compny"; did you mean company?'],
    [{ $concat: ['a'] }, '#/x/$concat', 'there is no $concat; known are $merge and $add'],
    [{ $merge: '$after' }, '#/x/$merge', 'expected a list after $merge, found a string'],
    [{ $merge: ['$after'], b: 1 }, '#/x/$merge', 'expected $merge to stand alone'],
    [{ $merge: ['$after', 5] }, '#/x/$merge/1', 'expected an object or an expression, found a number'],
    [{ $add: ['$after#/id', 'one'] }, '#/x/$add/1', 'expected a number or an expression, found a string'],
  ])('%j', ([template, pointer, message]) => {
    expect(problems(template)).toEqual([{ pointer, message: expect.stringContaining(message) }]);
  });

  it('and found good', () => {
    expect(
      problems({ $merge: ['$after', { n: { $add: ['$after#/n', 1] }, company: '$setting.company' }] }),
    ).toEqual([]);
  });
});
