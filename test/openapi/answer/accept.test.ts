import { describe, expect, it } from 'vitest';
import { accepts } from '../../../src/openapi/answer/accept.ts';

describe('an Accept field', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['*/*', true],
    ['application/json', true],
    ['APPLICATION/JSON; q=0.5', true],
    ['text/html, application/*;q=0.8', true],
    ['application/json;q=0, */*', false],
    ['*/*;q=0', false],
    ['text/html', false],
    ['application/hal+json', false],
  ])('%s lets application/json through: %s', (accept, expected) => {
    expect(accepts(accept, 'application/json; charset=utf-8')).toBe(expected);
  });
});
