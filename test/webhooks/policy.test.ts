import { describe, expect, it } from 'vitest';
import { SparringError } from '../../src/errors.ts';
import { parsePolicy } from '../../src/webhooks/parse-policy.ts';
import { defaultPolicy, resolvePolicy } from '../../src/webhooks/policy.ts';
import { prepareAttempt } from '../../src/webhooks/prepare-attempt.ts';
import { includesStatus } from '../../src/webhooks/status-range.ts';

const rehiveLike = {
  success: [200, 201, 202],
  timeout: '5s',
  schedule: ['60s', '2m', 240_000, '1h'],
  headers: { 'User-Agent': 'platform/3' },
  signature: { scheme: 'secret-header' },
};

describe('success', () => {
  it.each([
    [
      [200, 201, 202],
      [200, 201, 202],
      [199, 203, 204, 302, 500],
    ],
    ['2xx', [200, 204, 299], [199, 300]],
    ['<400', [101, 200, 302, 399], [400, 500]],
    [204, [204], [200]],
    [
      ['2xx', 410, '301-303'],
      [200, 302, 410],
      [300, 304, 404],
    ],
  ])('%j takes %j and not %j', (success, taken, others) => {
    const policy = resolvePolicy(parsePolicy({ success }, 'x-sparring/delivery'));
    expect(taken.filter((status) => !includesStatus(policy.success, status))).toEqual([]);
    expect(others.filter((status) => includesStatus(policy.success, status))).toEqual([]);
  });
});

describe('parsing', () => {
  it('reads durations as text or milliseconds', () => {
    const policy = resolvePolicy(parsePolicy(rehiveLike, 'x-sparring/delivery'));
    expect(policy).toMatchObject({ timeout: 5000, schedule: [60_000, 120_000, 240_000, 3_600_000] });
  });

  it('leaves what is not said to the default', () => {
    expect(resolvePolicy(parsePolicy({}, 'x-sparring/delivery'), undefined)).toEqual(defaultPolicy);
  });

  it.each([
    [{ success: '2x' }, 'x-sparring/delivery/success must be a status such as 200'],
    [{ timeout: '5 s' }, 'x-sparring/delivery/timeout must be a duration above 0; it is "5 s".'],
    [{ timeout: 0 }, 'timeout must be a duration above 0'],
    [{ schedule: [1, -1] }, 'schedule must be a list of durations'],
    [{ jitter: 2 }, 'jitter must be a number from 0 to 1'],
    [{ redirects: -1 }, 'redirects must be an integer from 0 to 20'],
    [{ order: 'fifo' }, 'order must be "ordered" or "unordered"'],
    [{ concurrency: 0 }, 'concurrency must be an integer from 1'],
    [{ method: 'CONNECT' }, 'method must be GET, POST'],
    [{ retryAfter: { honor: true } }, 'retryAfter/honor is not known; known are honour, max'],
    [{ disable: { statuses: ['gone'] } }, 'disable/statuses must be a status'],
    [{ disable: { failuresInARow: 0 } }, 'disable/failuresInARow must be an integer from 1, or null'],
    [{ headers: { 'X-A': 'a\r\nB: c' } }, 'headers/X-A must be a text of one line, or null'],
    [{ headers: { 'X A': 'a' } }, 'headers/X A must be named by a header name'],
    [{ headers: { 'X-A': '{now}' } }, 'headers/X-A uses {now}; known are {id}, {event}'],
    [{ signature: { scheme: 'gihub' } }, 'signature is wrong: There is no signature scheme "gihub".'],
    [
      { signature: { scheme: 'hmac', options: { content: '{x}' } } },
      'The signature option "content" uses {x}',
    ],
    [{ signature: {} }, 'signature/scheme is missing'],
    [{ retries: 3 }, 'retries is not known; known are method, contentType'],
    ['fast', 'x-sparring/delivery must be an object of delivery settings; it is "fast".'],
  ])('refuses %j', (source, message) => {
    expect(() => parsePolicy(source, 'x-sparring/delivery')).toThrow(message);
  });

  it('names every violation, with its place', () => {
    let caught: unknown;
    try {
      parsePolicy({ jitter: -1, order: 'x' }, 'webhooks/a');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(SparringError);
    expect(caught).toMatchObject({
      code: 'document-invalid',
      violations: [{ location: 'webhooks/a/jitter' }, { location: 'webhooks/a/order' }],
    });
  });
});

describe('layers', () => {
  it('a narrower layer wins, and what it leaves out stays', () => {
    const policy = resolvePolicy(
      parsePolicy({ ...rehiveLike, disable: { statuses: [410], failuresInARow: 5 } }, 'document'),
      parsePolicy({ timeout: 100, retryAfter: { honour: true } }, 'webhook'),
      parsePolicy({ timeout: 50, disable: { failuresInARow: null } }, 'subscription'),
    );
    expect(policy).toMatchObject({
      timeout: 50,
      retryAfter: { honour: true, max: 3_600_000 },
      disable: { statuses: [{ from: 410, to: 410 }], failuresInARow: null },
      signature: { scheme: 'secret-header' },
    });
    expect(policy.schedule).toHaveLength(4);
  });

  it('headers are merged by name in any case, and null takes one away', () => {
    const policy = resolvePolicy(
      parsePolicy({ headers: { 'User-Agent': 'a', 'X-Keep': 'b', 'X-Drop': 'c' } }, 'document'),
      parsePolicy({ headers: { 'user-agent': 'd', 'x-drop': null } }, 'webhook'),
    );
    expect(policy.headers).toEqual({ 'X-Keep': 'b', 'user-agent': 'd' });
  });

  it('options are merged within a signature scheme and dropped with another', () => {
    const document = parsePolicy(
      { signature: { scheme: 'hmac', options: { header: 'X-A', algorithm: 'sha1' } } },
      'd',
    );
    const same = parsePolicy({ signature: { scheme: 'hmac', options: { header: 'X-B' } } }, 'w');
    const other = parsePolicy({ signature: { scheme: 'github' } }, 'w');
    expect(resolvePolicy(document, same).signature.options).toEqual({ header: 'X-B', algorithm: 'sha1' });
    expect(resolvePolicy(document, other).signature).toEqual({ scheme: 'github', options: {} });
  });
});

it('an attempt is stamped and signed with the moment it is made', () => {
  const settings = parsePolicy(
    {
      headers: { 'X-Event': '{event} {attempt} {id}', 'X-Time': '{timestamp}' },
      signature: { scheme: 'stripe' },
    },
    'd',
  );
  const body = Buffer.from('{}');
  const input = {
    body,
    url: 'http://127.0.0.1/',
    id: 'msg_1',
    event: 'user.created',
    attempt: 2,
    secrets: ['s'],
    subscriptionId: '7',
  };
  expect(prepareAttempt(resolvePolicy(settings), input, 1_800_000_000_999)).toEqual({
    'Content-Type': 'application/json',
    'X-Event': 'user.created 2 msg_1',
    'X-Time': '1800000000',
    'Stripe-Signature': expect.stringMatching(/^t=1800000000,v1=[0-9a-f]{64}$/),
  });
});
