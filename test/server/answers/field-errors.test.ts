import { describe, expect, it } from 'vitest';
import { fieldErrors, reasonsOf } from '../../../src/server/answers/field-errors.ts';

const violations = [
  { location: 'body/url', code: 'required', message: 'is required' },
  { location: 'body/owner/name', code: 'type', message: 'must be string' },
  { location: 'body/owner/age', code: 'type', message: 'must be integer' },
  { location: 'query/page', code: 'minimum', message: 'must be >= 1' },
  { location: 'body', code: 'unique', message: 'There is one already.' },
];

describe('errors by field', () => {
  it('are sentences under the outermost field, or under none', () => {
    expect(fieldErrors(violations)).toEqual({
      url: ['This field is required.'],
      owner: ['This field must be string.', 'This field must be integer.'],
      page: ['This field must be >= 1.'],
      non_field_errors: ['There is one already.'],
    });
  });

  it('are nothing where nothing in the request is at fault', () => {
    expect(fieldErrors([])).toBeUndefined();
    expect(reasonsOf([])).toBe('');
  });

  it('make one message together', () => {
    expect(reasonsOf(violations.slice(3))).toBe('This field must be >= 1., There is one already.');
  });

  it('take any field name', () => {
    const odd = { location: 'body/__proto__', code: 'type', message: 'is not allowed' };
    expect(Object.keys(fieldErrors([odd]) ?? {})).toEqual(['__proto__']);
  });
});
