import { describe, expect, test } from 'vitest';
import { receiverChecks } from '../../../src/contract/checks/receivers/index.ts';
import { checkReceiver } from '../../../src/contract/run/check-receiver.ts';
import { checkSteps, documentOf, outcomeOf } from '../../prove/check-receiver/check-corpus.ts';
import { buggyReceiver, bugs, rightReceiver } from '../../prove/check-receiver/corpus.ts';
import { secrets } from '../../prove/check-receiver/providers.ts';
import { listen } from '../../prove/check-receiver/start-receiver.ts';

const seed = 7;

/** What each of some receivers with one bug is found by; `npm run prove -- check-receiver` has all of them. */
const found: Readonly<Record<string, { readonly by: string; readonly only: readonly string[] }>> = {
  'verifies-nothing': { by: 'forgery-refused', only: ['signatures'] },
  'weaker-signature-suffices': { by: 'forgery-refused', only: ['signatures'] },
  'first-signature-only': { by: 'rotation-accepted', only: ['signatures'] },
  'verifies-stringified': { by: 'raw-bytes-verified', only: ['bytes'] },
  'no-tolerance-stripe': { by: 'stale-refused', only: ['times'] },
  'conflict-on-duplicate': { by: 'duplicate-accepted', only: ['duplicates'] },
  'works-twice': { by: 'effect-once', only: ['effects/once-again'] },
  'works-before-verifying': { by: 'forgery-without-effect', only: ['effects/none'] },
  'fails-on-unknown-value': { by: 'unknown-survived', only: ['unknown'] },
  'revives-deleted': { by: 'newest-state-kept', only: ['order/update-after-delete-state'] },
  'counts-characters': { by: 'shape-accepted', only: ['shapes'] },
  'takes-nonsense': { by: 'nonsense-refused', only: ['nonsense'] },
  'answers-204': { by: 'event-accepted', only: ['user.create/events'] },
};

describe('a receiver with one bug fails by the check of it', () => {
  test.each(Object.entries(found))('%s', async (name, { by, only }) => {
    const bug = bugs.find((each) => each.name === name);
    if (!bug) throw new Error(`The corpus has no ${name}.`);
    const report = await checkSteps(buggyReceiver(bug), bug.subject, {
      seed,
      only,
      probe: bug.seen === 'probe',
    });
    expect(outcomeOf(report).failed).toContain(by);
    const failure = report.verdicts.find(({ check, fatal }) => fatal && check === by);
    expect(failure?.curl).toContain('curl -i -X POST');
    expect(failure?.evidence?.seen).toMatch(/after \d+ ms|\+|nothing|=/);
    // A document at hand has no lines.
    if (bug.subject === 'rehive') expect(failure?.position?.line).toBeGreaterThan(1);
  });
});

describe('what is only good practice is told, and fails nothing', () => {
  test.each([
    ['error-in-200', 'success-without-error'],
    ['html-in-200', 'no-page'],
    ['stack-in-200', 'no-stack-trace'],
    ['refuses-unknown-event', 'surprise-accepted'],
  ])('%s', async (name, by) => {
    const bug = bugs.find((each) => each.name === name);
    if (!bug) throw new Error(`The corpus has no ${name}.`);
    const report = await checkSteps(buggyReceiver(bug), bug.subject, { seed, only: ['events', 'unknown'] });
    expect(outcomeOf(report)).toMatchObject({ failed: [], told: expect.arrayContaining([by]) });
  });
});

describe('a right receiver', () => {
  test.each(['shop-standard-webhooks', 'hover'] as const)('of %s passes', async (subject) => {
    const report = await checkSteps(rightReceiver(subject), subject, { seed });
    expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
    expect(report.counts.fatal).toBe(0);
    expect(report.counts.assertions).toBeGreaterThan(100);
    expect(report.unseen?.join(' ')).toContain('constant time');
  });

  test('is sent the same bytes for the same seed, and other ids for another', async () => {
    const bodies = async (own: number) => {
      const { runs } = await checkSteps(rightReceiver('rehive'), 'rehive', {
        seed: own,
        only: ['user.create/events'],
      });
      return runs.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.body));
    };
    const first = await bodies(1);
    expect(first.length).toBeGreaterThan(2);
    expect(await bodies(1)).toEqual(first);
    expect(await bodies(2)).not.toEqual(first);
  });

  test('keeps its secret out of the report', async () => {
    const report = await checkSteps(rightReceiver('rehive'), 'rehive', { seed, only: ['user.create'] });
    expect(report.runs.length).toBeGreaterThan(10);
    expect(JSON.stringify(report).includes(secrets.rehive)).toBe(false);
  });
});

describe('what cannot be checked', () => {
  const to = 'http://127.0.0.1:9/hooks';

  test.each([
    [{ to, secret: [] }, 'no secret was given'],
    [{ to, secret: ['one', 'one'] }, 'is the same as the first'],
    [{ to: 'ftp://127.0.0.1/', secret: 'one' }, 'is no URL of a receiver'],
    [{ to, secret: 'one' }, 'Nobody can be reached'],
  ])('%j: %s', async (options, message) => {
    await expect(checkReceiver('rehive', options)).rejects.toThrow(message);
  });

  test('a secret of another form is told before anything is sent', async () => {
    const document = documentOf('shop-standard-webhooks');
    await expect(checkReceiver(document, { to, secret: 'whsec_not base64' })).rejects.toThrow('not base64');
  });

  test('a probe that tells no JSON is an error', async () => {
    const receiver = await listen((_, response) => void response.end('no JSON'));
    const options = { to: receiver.origin, secret: 'one', probe: receiver.origin, only: ['effects'] };
    await expect(checkReceiver('rehive', options)).rejects.toThrow('does not tell JSON');
    await receiver.close();
  });

  test('a probe that shows nothing of an event is not held against the receiver', async () => {
    const receiver = await listen((_, response) => void response.end('{}'));
    const options = { to: receiver.origin, secret: 'one', probe: "echo '{}'", only: ['effects/once-again'] };
    const report = await checkReceiver('rehive', options);
    expect(report.notRun.map(({ reason }) => reason)).toEqual([expect.stringContaining('does not change')]);
    expect(report.counts.assertions).toBeGreaterThan(0);
    await receiver.close();
  });
});

test('a receiver that hangs is told of, and the run ends with its time', async () => {
  const receiver = await listen((request) => void request.resume());
  const started = performance.now();
  const report = await checkReceiver(documentOf('shop-github'), {
    to: receiver.origin,
    secret: 'one',
    maxTime: 1500,
  });
  expect(outcomeOf(report).failed).toContain('answered-in-time');
  expect(report.notRun.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(20_000);
  await receiver.close();
});

test('every check has a rule, a blind spot, and an id of its own', () => {
  expect(new Set(receiverChecks.map(({ id }) => id)).size).toBe(receiverChecks.length);
  for (const { blindTo, rule } of receiverChecks) {
    expect(rule).toMatch(/\.$/);
    expect(blindTo).toMatch(/\.$/);
  }
});
