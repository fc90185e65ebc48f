import { describe, expect, it } from 'vitest';
import { prepareAnswerCheck } from '../../../src/openapi/answer/check-answer.ts';
import { findResponse } from '../../../src/openapi/document/find-response.ts';
import { loadOperation } from '../inline-document.ts';

const schema = {
  type: 'object',
  required: ['id', 'secret'],
  properties: { id: { type: 'integer' }, secret: { type: 'string', writeOnly: true } },
};
const responses = {
  '200': {
    description: 'One.',
    headers: {
      'X-Total': { required: true, schema: { type: 'integer' } },
      'X-Ids': { schema: { type: 'array', items: { type: 'integer' } } },
    },
    content: { 'text/csv': {}, 'application/json; charset=utf-8': { schema } },
  },
  '204': { description: 'None.' },
  '2XX': { description: 'Some.', content: { 'image/*': {} } },
  '4xx': {
    description: 'Wrong.',
    content: { 'application/problem+json': { schema: { required: ['title'] } } },
  },
};

async function answers(more: Readonly<Record<string, unknown>> = {}) {
  const { document, operation, validators } = await loadOperation({ responses: { ...responses, ...more } });
  return { operation, answer: prepareAnswerCheck(document, validators, operation) };
}

describe('the declared response', () => {
  it('is that of the status, else of its range, else the default', async () => {
    const { operation } = await answers({ default: { description: 'Else.' } });
    expect([200, 204, 206, 404, 503].map((status) => findResponse(operation, status)?.status)).toEqual([
      '200',
      '204',
      '2XX',
      '4XX',
      'default',
    ]);
    expect(findResponse((await answers()).operation, 503)).toBeUndefined();
  });
});

describe('an answer', () => {
  it.for([
    ['as declared', 200, 'application/json', { id: 1 }],
    ['with a charset', 200, 'application/json; charset=utf-8', { id: 1 }],
    ['of another declared media type', 200, 'text/csv', undefined],
    ['of a range of media types', 206, 'image/png', undefined],
    ['without a body', 204, undefined, undefined],
    ['of a range of statuses', 404, 'application/problem+json', { title: 'x' }],
    ['whose body is not looked at', 200, 'application/json', undefined],
  ] as const)('%s is allowed', async ([, status, mediaType, value]) => {
    const { answer } = await answers();
    expect(answer.check(status, mediaType, value)).toEqual([]);
  });

  it.for([
    [
      'an undeclared status',
      500,
      undefined,
      undefined,
      'status',
      'must be declared, and 500 is not (declared: 200, 204, 2XX, 4XX)',
    ],
    [
      'an undeclared media type',
      200,
      'text/html',
      undefined,
      'content-type',
      'must be declared, and text/html is not (declared: text/csv, application/json; charset=utf-8)',
    ],
    [
      'a body where none is declared',
      204,
      'application/json',
      {},
      'content-type',
      'must be declared, and application/json is not (declared: none)',
    ],
    [
      'no body where one is declared',
      200,
      undefined,
      undefined,
      'body',
      'is required: the document declares text/csv or application/json; charset=utf-8',
    ],
    ['a body of another shape', 200, 'application/json', { id: '1' }, 'body/id', 'must be integer'],
    ['a body without what is required', 422, 'application/problem+json', {}, 'body/title', 'is required'],
  ] as const)('with %s is not', async ([, status, mediaType, value, location, message]) => {
    const { answer } = await answers();
    expect(answer.check(status, mediaType, value)).toMatchObject([{ location, message }]);
  });

  it('has the headers that are declared', async () => {
    const { answer } = await answers();
    expect(answer.checkHeaders(200, { 'x-total': '5', 'x-ids': '1, 2' })).toEqual([]);
    expect(answer.checkHeaders(200, {})).toEqual([
      { location: 'header/x-total', code: 'required', message: 'is required' },
    ]);
    expect(answer.checkHeaders(200, { 'x-total': 'many', 'x-ids': '1,b' })).toMatchObject([
      { location: 'header/x-total', code: 'type' },
      { location: 'header/x-ids/1', code: 'type' },
    ]);
    expect(answer.checkHeaders(404, {})).toEqual([]);
  });

  it('is JSON where that is declared', async () => {
    const { answer } = await answers();
    expect(answer.mediaTypeOf(200, undefined)?.name).toBe('application/json; charset=utf-8');
    expect(answer.mediaTypeOf(404, '*/*')?.name).toBe('application/problem+json');
    expect(answer.mediaTypeOf(206, undefined)?.name).toBe('image/png');
    expect(answer.mediaTypeOf(204, undefined)).toBeUndefined();
  });
});
