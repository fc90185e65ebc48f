import { describe, expect, it } from 'vitest';
import {
  checkExpression,
  type ExpressionContext,
  evaluateExpression,
} from '../../../src/openapi/expressions/runtime-expression.ts';

const context: ExpressionContext = {
  url: 'http://127.0.0.1/payments?x=1',
  method: 'POST',
  statusCode: 201,
  request: {
    headers: { 'x-request-id': 'r1', Accept: ['a/b', 'c/d'] },
    query: { hook: 'http://127.0.0.1:9/hook' },
    path: { id: 7 },
    body: { 'a/b': { '~c': [null, { deep: true }] }, url: 'u' },
  },
  response: { headers: {}, body: ['first'] },
  before: null,
  after: { id: 5, user: { email: 'a@example.com' } },
  subscription: { id: 's1' },
  event: { id: 'e1', name: 'user.update', at: 1 },
  delivery: {
    id: 'd1',
    number: 3,
    event: 'user.update',
    url: 'u',
    body: '{}',
    attempts: 1,
    state: 'pending',
    createdAt: 2,
  },
  attempt: { number: 1, at: 9, succeeded: false, responseText: '', error: 'refused' },
  settings: { company: 'acme' },
  now: 1_700_000_000_500,
};

describe('a runtime expression', () => {
  it.for<[string, unknown]>([
    ['$url', 'http://127.0.0.1/payments?x=1'],
    ['$method', 'POST'],
    ['$statusCode', 201],
    ['$request.header.X-Request-ID', 'r1'],
    ['$request.header.accept', 'a/b, c/d'],
    ['$request.query.hook', 'http://127.0.0.1:9/hook'],
    ['$request.path.id', 7],
    ['$request.body#/url', 'u'],
    ['$request.body#/a~1b/~0c/1/deep', true],
    ['$request.body#/a~1b/~0c/0', null],
    ['$response.body', ['first']],
    ['$response.body#/0', 'first'],
    ['$before', null],
    ['$after#/user/email', 'a@example.com'],
    ['$subscription#/id', 's1'],
    ['$event.name', 'user.update'],
    ['$delivery.number', 3],
    ['$attempt.succeeded', false],
    ['$attempt.statusCode', null],
    ['$attempt.error', 'refused'],
    ['$setting.company', 'acme'],
    ['$now.milliseconds', 1_700_000_000_500],
    ['$now.seconds', 1_700_000_000],
    ['$now.date-time', '2023-11-14T22:13:20.500Z'],
  ])('%s has its value', ([expression, value]) => {
    expect(evaluateExpression(expression, context)).toEqual(value);
  });

  it.for([
    '$request.header.absent',
    '$request.query.Hook',
    '$request.body#/url/0',
    '$request.body#/url/length',
    '$response.body#/length',
    '$response.body#/01',
    '$before#/id',
    '$after#/constructor',
    '$after#/__proto__/x',
    '$setting.toString',
  ])('%s has no value', (expression) => {
    expect(evaluateExpression(expression, context)).toBeUndefined();
  });

  it('has no value where nothing is known of its root', () => {
    for (const expression of [
      '$url',
      '$request.body#/a',
      '$after',
      '$event.id',
      '$attempt.error',
      '$now.seconds',
    ])
      expect(evaluateExpression(expression, {})).toBeUndefined();
  });

  it.for<[string, string]>([
    ['$aftr#/id', '"$aftr#/id" is no runtime expression: expected $after, found $aftr'],
    ['$after/id', 'expected $after#/<JSON pointer>'],
    ['$after#id', 'expected $after#/<JSON pointer>'],
    ['$after#/a~2', 'expected $after#/<JSON pointer>'],
    ['$request.body.a', 'expected $request.header.<name>, .query.<name>, .path.<name> or .body'],
    ['$request.header.a b', '"a b" is no header name'],
    ['$request', 'expected $request.'],
    ['$event.nam', 'expected $event.name'],
    ['$now', 'expected $now.milliseconds, $now.seconds, $now.date-time'],
    ['$setting', 'expected $setting.<name>'],
    ['$url.x', 'nothing can follow $url'],
    ['after', 'found none'],
  ])('%s is malformed, and says how', ([expression, message]) => {
    if (message !== 'found none') expect(checkExpression(expression)).toContain(message);
    expect(() => evaluateExpression(expression, context)).toThrow('is no runtime expression');
  });
});
