import { randomUUID } from 'node:crypto';
import { nowInSeconds } from './delivery.ts';
import type { Subject } from './providers.ts';
import type { Family } from './receiver.ts';
import { type Answer, send, sendAndHangUp } from './send.ts';
import { eventOf, type Stray, signatureHeader, signedHeaders } from './sender.ts';

/** What a check has in hand: a receiver of a subject. */
export interface Target {
  readonly subject: Subject;
  readonly url: string;
  readonly probeUrl: string;
}

/** One question to a receiver; `passes` is true when it behaves as the right one does. */
export interface Check {
  readonly name: string;
  readonly family: Family;
  readonly subjects?: readonly Subject[];
  readonly passes: (target: Target) => Promise<boolean>;
}

const shops: readonly Subject[] = ['shop-standard-webhooks', 'shop-stripe', 'shop-github'];
const stamped: readonly Subject[] = ['shop-standard-webhooks', 'shop-stripe'];
const ordered: readonly Subject[] = [...shops, 'rehive'];
const signing: readonly Subject[] = [...shops, 'hover', 'apitree'];

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function deliver(target: Target, body: Buffer, stray?: Stray, headers = {}): Promise<Answer> {
  const { subject, url } = target;
  return send(url, { ...signedHeaders(subject, url, body, stray), ...headers }, body);
}

/** The statuses by which each provider knows success. */
function succeeded(target: Target, { status }: Answer): boolean {
  return target.subject === 'rehive' ? [200, 201, 202].includes(status) : status >= 200 && status < 300;
}

function refused({ status }: Answer): boolean {
  return status >= 400 && status < 500;
}

async function accepts(target: Target, body: Buffer, stray?: Stray, headers = {}): Promise<boolean> {
  return succeeded(target, await deliver(target, body, stray, headers));
}

async function effectsOf(target: Target): Promise<{ effects: Record<string, number>; things: string }> {
  const { body } = await send(target.probeUrl, {}, [], 'GET');
  return { effects: JSON.parse(body).effects, things: body.slice(body.indexOf('"things"')) };
}

async function sumOfEffects(target: Target): Promise<number> {
  return Object.values((await effectsOf(target)).effects).reduce((sum, times) => sum + times, 0);
}

/** Whether a body's effect happened once after what is done with it, and each of the answers was a success. */
async function once(target: Target, act: (body: Buffer) => Promise<readonly Answer[]>): Promise<boolean> {
  const before = await sumOfEffects(target);
  const answers = await act(bytes(eventOf(target.subject, 'created', { id: randomUUID() })));
  return answers.every((answer) => succeeded(target, answer)) && (await sumOfEffects(target)) === before + 1;
}

function accepted(
  family: Family,
  name: string,
  make: (target: Target) => Buffer,
  subjects?: readonly Subject[],
): Check {
  return {
    name,
    family,
    ...(subjects && { subjects }),
    passes: (target) => accepts(target, make(target)),
  };
}

function refusedWhen(name: string, stray: Stray, family: Family = 'signature', subjects = signing): Check {
  return {
    name,
    family,
    subjects,
    async passes(target) {
      const before = await sumOfEffects(target);
      const answer = await deliver(target, bytes(eventOf(target.subject, 'created')), stray);
      return refused(answer) && (await sumOfEffects(target)) === before;
    },
  };
}

/** Sends the right headers with the signature's header made into something else, or taken away. */
function refusedWith(name: string, change: (value: string) => string | undefined): Check {
  return {
    name,
    family: 'signature',
    async passes(target) {
      const body = bytes(eventOf(target.subject, 'created'));
      const { subject, url } = target;
      const { [signatureHeader[subject]]: value = '', ...others } = signedHeaders(subject, url, body);
      const changed = change(value);
      const headers = changed === undefined ? others : { ...others, [signatureHeader[subject]]: changed };
      return refused(await send(url, headers, body));
    },
  };
}

function signedNonsense(name: string, text: string): Check {
  return {
    name,
    family: 'nonsense',
    async passes(target) {
      const body = Buffer.from(text);
      return refused(await deliver(target, body));
    },
  };
}

/** No 5xx for an event of the shop with other fields than the document knows. */
function survives(name: string, fields: Readonly<Record<string, unknown>>, type?: string): Check {
  return {
    name,
    family: 'unknown',
    subjects: shops,
    async passes(target) {
      const event = eventOf(target.subject, 'created', fields);
      return accepts(target, bytes({ ...event, ...(type && { type }) }));
    },
  };
}

/** The final state after changes in the order given; `expected` is a part of the thing's text, or null for a deleted one. */
function ends(
  name: string,
  changes: readonly (readonly ['created' | 'updated' | 'deleted', string, string])[],
  expected: string | null,
  subjects = ordered,
): Check {
  return {
    name,
    family: 'order',
    subjects,
    async passes(target) {
      const id = randomUUID();
      for (const [action, updated_at, note] of changes) {
        const body = bytes(eventOf(target.subject, action, { id, updated_at, note }));
        if (!(await accepts(target, body))) return false;
      }
      const { things } = await effectsOf(target);
      const key = target.subject === 'rehive' ? `transaction/${id}` : id;
      const thing = things.slice(things.indexOf(`"${key}":`) + key.length + 3);
      return expected === null
        ? thing.startsWith('null')
        : thing.startsWith('{') && thing.split(`"note":"`)[1]?.startsWith(expected) === true;
    },
  };
}

const [early, middle, late] = ['2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z', '2026-01-01T12:00:00Z'];

export const checks: readonly Check[] = [
  ...(['created', 'updated', 'deleted'] as const).map(
    (action): Check => ({
      name: `an event is taken in time: ${action}`,
      family: 'events',
      async passes(target) {
        const answer = await deliver(target, bytes(eventOf(target.subject, action)));
        return succeeded(target, answer) && answer.took < 1000;
      },
    }),
  ),
  accepted(
    'events',
    'an event without its optional fields is taken',
    ({ subject }) => bytes(eventOf(subject, 'created', { note: undefined, email: undefined })),
    shops,
  ),

  refusedWith('no signature is refused', () => undefined),
  refusedWith('an empty signature is refused', () => ''),
  refusedWith('a signature without its digits is refused', (value) => value.replace(/[^=, ]+=*$/, '')),
  refusedWith('a signature with another end is refused', (value) =>
    value.replace(/.(=*)$/, (end) => (end.startsWith('0') ? '1' : '0') + end.slice(1)),
  ),
  refusedWith('a signature in other letters is refused', (value) =>
    value.replace(/[^=, ]+=*$/, (end) => end.toUpperCase()),
  ),
  refusedWhen('a wrong secret is refused', { secret: 'whsec_d3Jvbmc=' }),
  refusedWhen('a wrong secret is refused where it is the signature', { secret: 'wrong' }, 'signature', [
    'rehive',
  ]),
  refusedWhen('an empty key is refused', { secret: '' }),
  refusedWhen(
    "another subscription's secret is refused",
    { secret: 'whsec_dGhlIG5leHQgc2VjcmV0IG9mIHRoZSBwcm9vZg==' },
    'signature',
    ['shop-standard-webhooks'],
  ),
  refusedWhen('the signature of another body is refused', { signed: Buffer.from('{}') }),
  refusedWhen('the weaker algorithm alone is refused', { weakOnly: true }, 'signature', [
    'shop-github',
    'shop-stripe',
    'hover',
  ]),
  {
    name: 'another body under an id that was accepted is refused',
    family: 'signature',
    subjects: signing,
    async passes(target) {
      const body = bytes(eventOf(target.subject, 'created', { note: 'By noon' }));
      const headers = signedHeaders(target.subject, target.url, body);
      if (!succeeded(target, await send(target.url, headers, body))) return false;
      const changed = Buffer.from(body.toString('utf8').replace('By noon', 'By moon'));
      return refused(await send(target.url, headers, changed));
    },
  },
  ...(['before', 'after'] as const).map(
    (beside): Check => ({
      name: `the right signature is accepted with another one ${beside} it`,
      family: 'signature',
      subjects: stamped,
      passes: (target) => accepts(target, bytes(eventOf(target.subject, 'created')), { beside }),
    }),
  ),

  ...Object.entries({
    'escaped slashes': (text: string) => text.replace('By noon', 'By\\/noon'),
    spaces: (text: string) => text.replaceAll('":', '": ').replaceAll(',"', ', "'),
    escapes: (text: string) => text.replace('noon', '\\u006eoon'),
    'a newline at the end': (text: string) => `${text}\n`,
    'another order of keys': (text: string) => text.replace(/^\{("id":"[^"]*"),(.*)\}$/, '{$2,$1}'),
  }).map(
    ([name, rewrite]): Check =>
      accepted(
        'raw bytes',
        `a rightly signed body is accepted with ${name}`,
        ({ subject }) =>
          Buffer.from(rewrite(JSON.stringify(eventOf(subject, 'created', { note: 'By noon' })))),
        shops,
      ),
  ),
  {
    name: 'an integer beyond 2^53 is kept',
    family: 'raw bytes',
    subjects: shops,
    async passes(target) {
      const text = JSON.stringify(eventOf(target.subject, 'created')).replace('1200', '9007199254740993');
      return (
        (await accepts(target, Buffer.from(text))) &&
        (await effectsOf(target)).things.includes('9007199254740993')
      );
    },
  },

  ...[900, 1800, 86_400, 365 * 86_400].map(
    (age): Check => ({
      ...refusedWhen(
        `a stamp ${age} s old is refused`,
        { stamp: String(nowInSeconds() - age) },
        'time stamps',
        stamped,
      ),
    }),
  ),
  refusedWhen('a stamp that is no number is refused', { stamp: 'yesterday' }, 'time stamps', stamped),
  refusedWhen('an empty stamp is refused', { stamp: '' }, 'time stamps', stamped),
  {
    name: 'an old stamp is refused beside a fresh Date header',
    family: 'time stamps',
    subjects: stamped,
    async passes(target) {
      const body = bytes(eventOf(target.subject, 'created'));
      const stamp = String(nowInSeconds() - 3600);
      return refused(await deliver(target, body, { stamp }, { Date: new Date().toUTCString() }));
    },
  },

  {
    name: 'a second attempt succeeds, and works once',
    family: 'duplicates',
    passes: (target) =>
      once(target, async (body) => [await deliver(target, body), await deliver(target, body)]),
  },
  {
    name: 'five attempts at once succeed, and work once',
    family: 'duplicates',
    passes: (target) =>
      once(target, (body) => Promise.all(Array.from({ length: 5 }, () => deliver(target, body)))),
  },
  {
    name: 'an attempt after a connection that broke succeeds, and works once',
    family: 'duplicates',
    passes: (target) =>
      once(target, async (body) => {
        await sendAndHangUp(target.url, signedHeaders(target.subject, target.url, body), body);
        return [await deliver(target, body)];
      }),
  },

  survives('an unknown event is taken', {}, 'order.archived'),
  survives('an unknown event with the name of a method is taken', {}, 'toString'),
  survives('an unknown field is taken', { carrier: 'post' }),
  survives('null in an optional field is taken', { note: null }),
  survives('an unknown value is taken', { status: 'returned' }),

  ends(
    'update after create',
    [
      ['created', early, 'a'],
      ['updated', middle, 'b'],
    ],
    'b',
  ),
  ends(
    'an update before its creation',
    [
      ['updated', middle, 'b'],
      ['created', early, 'a'],
    ],
    'b',
  ),
  ends(
    'an older update after a newer one',
    [
      ['created', early, 'a'],
      ['updated', late, 'c'],
      ['updated', middle, 'b'],
    ],
    'c',
  ),
  ends('a deletion of the unknown', [['deleted', late, 'd']], null, shops),
  ends(
    'an update after its deletion',
    [
      ['created', early, 'a'],
      ['deleted', late, 'd'],
      ['updated', middle, 'b'],
    ],
    null,
    shops,
  ),

  ...Object.entries({
    '4-byte characters': '🎯🎯🎯 for noon',
    'U+2028': 'By\u2028noon',
    'an escaped NUL': 'By\0noon',
    '1 MB': 'x'.repeat(1_000_000),
  }).map(
    ([name, note]): Check =>
      accepted('sizes', `a body with ${name} is taken`, ({ subject }) =>
        bytes(eventOf(subject, 'created', { note })),
      ),
  ),
  {
    name: 'a chunked body is taken',
    family: 'sizes',
    async passes(target) {
      const body = bytes(eventOf(target.subject, 'created'));
      const headers = signedHeaders(target.subject, target.url, body);
      return succeeded(target, await send(target.url, headers, [body]));
    },
  },
  {
    name: 'a body cut within a character is taken',
    family: 'sizes',
    async passes(target) {
      const body = bytes(eventOf(target.subject, 'created', { note: 'for 🎯 noon' }));
      const cut = body.indexOf('🎯') + 2;
      const headers = signedHeaders(target.subject, target.url, body);
      return succeeded(target, await send(target.url, headers, [body.subarray(0, cut), body.subarray(cut)]));
    },
  },
  {
    name: 'a charset beside the media type is taken',
    family: 'sizes',
    subjects: signing.filter((subject) => subject !== 'hover'),
    passes: (target) =>
      accepts(
        target,
        bytes(eventOf(target.subject, 'created')),
        {},
        { 'Content-Type': 'application/json; charset=utf-8' },
      ),
  },
  ...[(name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()].map(
    (spell): Check => ({
      name: `header names are taken as ${spell('They')}`,
      family: 'sizes',
      async passes(target) {
        const body = bytes(eventOf(target.subject, 'created'));
        const headers = Object.entries(signedHeaders(target.subject, target.url, body));
        const spelt = Object.fromEntries(headers.map(([name, value]) => [spell(name), value]));
        return succeeded(target, await send(target.url, spelt, body));
      },
    }),
  ),

  signedNonsense('what is no JSON is refused', 'hello'),
  signedNonsense('truncated JSON is refused', '{"id":"evt_1","type":"order.'),
  signedNonsense('an empty body is refused', ''),
  signedNonsense('a list is refused', '[]'),
  signedNonsense('a text is refused', '"order.created"'),
  signedNonsense('null is refused', 'null'),

  {
    name: 'a success is quick, and tells no error, stack or page',
    family: 'answers',
    async passes(target) {
      const { body, took, headers } = await deliver(target, bytes(eventOf(target.subject, 'created')));
      return (
        took < 500 &&
        !/"error"|\n\s+at |<h1|<html|<!doctype/i.test(body) &&
        headers['content-type'] !== 'text/html'
      );
    },
  },
];
