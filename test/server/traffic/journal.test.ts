import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/server/message/exchange.ts';
import { Journal } from '../../../src/server/traffic/journal.ts';

function exchange(journal: Journal, part: Partial<Exchange> = {}): Exchange {
  return {
    id: journal.nextId(),
    at: 0,
    api: 'hive',
    operationId: 'listCustomers',
    method: 'GET',
    url: '/customers',
    requestHeaders: {},
    requestBody: undefined,
    status: 200,
    responseHeaders: {},
    responseBody: undefined,
    violations: [],
    milliseconds: 1,
    principal: undefined,
    fault: undefined,
    ...part,
  };
}

function journalOf(...parts: Partial<Exchange>[]): Journal {
  const journal = new Journal();
  for (const part of parts) journal.record(exchange(journal, part));
  return journal;
}

const ids = (exchanges: readonly Exchange[]) => exchanges.map(({ id }) => id);

describe('a journal', () => {
  it('lists exchanges oldest first and keeps the very objects it was given', () => {
    const journal = new Journal();
    const first = exchange(journal);
    const second = exchange(journal);
    journal.record(first);
    journal.record(second);
    expect(journal.list()[0]).toBe(first);
    expect(journal.list()[1]).toBe(second);
    expect(journal.get('2')).toBe(second);
    expect(journal.get('3')).toBeUndefined();
  });

  it('keeps the latest 1,000 exchanges', () => {
    const journal = new Journal();
    for (let count = 0; count < 2500; count += 1) journal.record(exchange(journal));
    expect(journal.count()).toBe(1000);
    expect(ids(journal.list()).at(0)).toBe('1501');
    expect(ids(journal.list()).at(-1)).toBe('2500');
    expect(journal.get('1500')).toBeUndefined();
    expect(journal.get('1501')).toBeDefined();
  });

  it('keeps as many exchanges as it is told to', () => {
    const journal = new Journal({ exchanges: 2 });
    for (let count = 0; count < 3; count += 1) journal.record(exchange(journal));
    expect(ids(journal.list())).toEqual(['2', '3']);
  });

  it('lets go of the oldest when bodies take more than its bytes', () => {
    const journal = new Journal({ bytes: 100 });
    for (let count = 0; count < 4; count += 1)
      journal.record(exchange(journal, { requestBody: Buffer.alloc(20), responseBody: 'x'.repeat(20) }));
    expect(ids(journal.list())).toEqual(['3', '4']);
  });

  it('counts a body that was parsed upstream by its content-length', () => {
    const journal = new Journal({ bytes: 100 });
    for (let count = 0; count < 3; count += 1)
      journal.record(
        exchange(journal, { requestBody: { a: 1 }, requestHeaders: { 'content-length': '60' } }),
      );
    expect(ids(journal.list())).toEqual(['3']);
  });

  it('keeps the latest exchange however large it is', () => {
    const journal = new Journal({ bytes: 100 });
    journal.record(exchange(journal));
    journal.record(exchange(journal, { responseBody: 'x'.repeat(1000) }));
    expect(ids(journal.list())).toEqual(['2']);
    journal.record(exchange(journal));
    expect(ids(journal.list())).toEqual(['3']);
  });

  it('is empty after clearing, and gives no id twice', () => {
    const journal = journalOf({}, {});
    journal.clear();
    expect(journal.list()).toEqual([]);
    expect(journal.get('1')).toBeUndefined();
    journal.record(exchange(journal));
    expect(ids(journal.list())).toEqual(['3']);
  });

  it('has its whole room again after clearing', () => {
    const journal = new Journal({ bytes: 100 });
    journal.record(exchange(journal, { responseBody: 'x'.repeat(90) }));
    journal.clear();
    for (let count = 0; count < 2; count += 1)
      journal.record(exchange(journal, { responseBody: 'x'.repeat(50) }));
    expect(journal.count()).toBe(2);
  });
});

describe('a filter', () => {
  const journal = journalOf(
    {},
    {
      operationId: 'createCustomer',
      method: 'POST',
      status: 201,
      requestBody: Buffer.from('{"email":"a@b.co","metadata":{"tier":1,"tags":["x","y"]}}'),
    },
    {
      operationId: 'createCustomer',
      method: 'POST',
      status: 400,
      violations: [{ location: 'body/email', code: 'format', message: 'must be an e-mail' }],
      requestBody: Buffer.from('{"email":1}'),
    },
    {
      api: 'rehive',
      operationId: undefined,
      url: '/users/7/files?limit=2',
      status: 404,
      requestHeaders: { 'x-request-id': 'abc', accept: ['a/b', 'c/d'] },
    },
  );

  it.each([
    ['nothing', {}, ['1', '2', '3', '4']],
    ['API', { api: 'rehive' }, ['4']],
    ['operation', { operation: 'createCustomer' }, ['2', '3']],
    ['method, in any case', { method: 'post' }, ['2', '3']],
    ['exact path, without its query', { path: '/users/7/files' }, ['4']],
    ['path with a star', { path: '/users/*/files' }, ['4']],
    ['path with a star at its end', { path: '/cust*' }, ['1', '2', '3']],
    ['path of which a part is not enough', { path: '/users' }, []],
    ['path whose dots mean dots', { path: '/user./7/files' }, []],
    ['status', { status: 201 }, ['2']],
    ['status as text', { status: '404' }, ['4']],
    ['class of statuses', { status: '2xx' }, ['1', '2']],
    ['class in capitals', { status: '4XX' }, ['3', '4']],
    ['since', { since: '2' }, ['3', '4']],
    ['violations', { violations: true }, ['3']],
    ['no violations', { violations: false }, ['1', '2', '4']],
    ['part of the body', { body: { metadata: { tier: 1 } } }, ['2']],
    ['items that a list of the body begins with', { body: { metadata: { tags: ['x'] } } }, ['2']],
    ['a body with another value', { body: { email: 'c@d.co' } }, []],
    ['a header', { headers: { 'X-Request-Id': 'abc' } }, ['4']],
    ['a header that repeats', { headers: { accept: 'c/d' } }, ['4']],
    ['a header with another value', { headers: { 'x-request-id': 'ab' } }, []],
    ['all at once', { method: 'POST', status: '2xx', body: { email: 'a@b.co' } }, ['2']],
  ])('by %s', (_, filter, expected) => {
    expect(ids(journal.list(filter))).toEqual(expected);
    expect(journal.count(filter)).toBe(expected.length);
    expect(journal.find(filter)?.id).toBe(expected[0]);
  });

  it('finds fields of a form', () => {
    const forms = journalOf({
      requestHeaders: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      requestBody: Buffer.from('email=a%40b.co&metadata%5Btier%5D=gold'),
    });
    expect(forms.count({ body: { email: 'a@b.co' } })).toBe(1);
    expect(forms.count({ body: { metadata: { tier: 'gold' } } })).toBe(1);
    expect(forms.count({ body: { email: 'other' } })).toBe(0);
  });

  it('does not take inherited properties for a body', () => {
    expect(journalOf({ requestBody: { a: 1 } }).count({ body: { toString: {} } })).toBe(0);
  });

  it('gives what was recorded after an exchange, also when slower ones ended out of order', () => {
    const slow = new Journal();
    const first = exchange(slow);
    const second = exchange(slow);
    slow.record(second);
    slow.record(first);
    expect(ids(slow.list({ since: '2' }))).toEqual(['1']);
    expect(ids(slow.list({ since: '1' }))).toEqual([]);
  });

  it('gives all there is after an exchange that is long gone', () => {
    const short = new Journal({ exchanges: 2 });
    for (let count = 0; count < 5; count += 1) short.record(exchange(short));
    expect(ids(short.list({ since: '1' }))).toEqual(['4', '5']);
  });

  it('takes no time over a path of many stars', () => {
    const long = journalOf({ url: `/${'a'.repeat(8000)}` });
    const started = performance.now();
    expect(long.count({ path: `/${'*a'.repeat(40)}*b` })).toBe(0);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
