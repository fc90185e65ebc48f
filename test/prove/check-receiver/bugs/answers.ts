import { setTimeout as wait } from 'node:timers/promises';
import type { Bug } from '../receiver.ts';

const subject = 'shop-standard-webhooks';
const json = { 'content-type': 'application/json' };
const stack =
  'TypeError: x is not a function\n    at handle (/srv/app/hooks.js:12:7)\n    at run (/srv/app/main.js:3:1)';

/** What is answered, and when. */
export const answersBugs: readonly Bug[] = [
  {
    name: 'answers-204',
    bug: 'answers 204, where the provider takes 200, 201 and 202 alone',
    family: 'events',
    subject: 'rehive',
    change: () => ({ accept: () => ({ status: 204 }) }),
  },
  {
    name: 'answers-too-late',
    bug: 'answers after the provider has given up',
    family: 'events',
    subject,
    change: () => ({
      async accept() {
        await wait(1500);
        return { status: 200 };
      },
    }),
  },
  {
    name: 'answers-one-event-too-late',
    bug: 'answers order.deleted after the provider has given up',
    family: 'events',
    subject,
    change: () => ({
      async accept({ type }) {
        if (type === 'order.deleted') await wait(1500);
        return { status: 200 };
      },
    }),
  },
  {
    name: 'answers-late',
    bug: 'needs seven tenths of the time that the provider waits',
    family: 'answers',
    seen: 'told',
    subject,
    change: () => ({
      async accept() {
        await wait(700);
        return { status: 200 };
      },
    }),
  },
  {
    name: 'redirects-to-login',
    bug: 'answers 302 to a login page, as a guard in front of it would',
    family: 'events',
    subject,
    change: () => ({ admit: () => ({ status: 302, headers: { location: '/login' } }) }),
  },
  {
    name: 'shows-login-page',
    bug: 'answers 200 with the HTML of a login page, whatever comes',
    family: 'signature',
    subject,
    change: () => ({
      admit: () => ({
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Log in</title><form></form>',
      }),
    }),
  },
  {
    name: 'error-in-200',
    bug: 'answers 200 with an error in the body',
    family: 'answers',
    seen: 'told',
    subject,
    change: () => ({
      accept: () => ({
        status: 200,
        headers: json,
        body: '{"error":{"code":500,"message":"Internal error"}}',
      }),
    }),
  },
  {
    name: 'stack-in-200',
    bug: 'answers 200 with a stack trace in the body',
    family: 'answers',
    seen: 'told',
    subject,
    change: () => ({ accept: () => ({ status: 200, body: stack }) }),
  },
  {
    name: 'html-in-200',
    bug: 'answers 200 with a page of HTML',
    family: 'answers',
    seen: 'told',
    subject,
    change: () => ({
      accept: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Thanks</h1>' }),
    }),
  },
  {
    name: 'stack-on-nonsense',
    bug: 'answers 500 with a stack trace to a body that is no JSON',
    family: 'nonsense',
    subject,
    change: () => ({ nonsense: () => ({ status: 500, body: stack }) }),
  },
  {
    name: 'takes-nonsense',
    bug: 'answers 200 to a signed body that is no event',
    family: 'nonsense',
    subject,
    change: () => ({ nonsense: () => ({ status: 200, body: 'ok' }) }),
  },
  {
    name: 'takes-other-json',
    bug: 'answers 200 to signed JSON that is a list, a text or null',
    family: 'nonsense',
    subject,
    change(right) {
      let parses = false;
      return {
        parse(delivery) {
          const event = right.parse(delivery);
          try {
            JSON.parse(delivery.body.toString('utf8'));
            parses = true;
          } catch {
            parses = false;
          }
          return event;
        },
        nonsense: () => (parses ? { status: 200, body: 'ok' } : right.nonsense()),
      };
    },
  },
  {
    name: 'fails-on-wrong-type',
    bug: 'answers 500 to signed JSON of another shape than an event',
    family: 'nonsense',
    subject,
    change: (right) => ({
      parse(delivery) {
        const event = right.parse(delivery);
        if (!event && !/^\s*\{/.test(delivery.body.toString('utf8')))
          throw new TypeError('Cannot read properties of null');
        return event;
      },
    }),
  },
];
