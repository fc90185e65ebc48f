import { headerOf, nowInSeconds, sameText } from '../delivery.ts';
import type { Bug } from '../receiver.ts';
import { standardContent, standardSignature } from '../schemes/standard-webhooks.ts';
import { stripeParts, stripeSignature } from '../schemes/stripe.ts';
import type { Steps } from '../steps.ts';

const family = 'time stamps';

/** Verifies as Standard Webhooks does, with a rule of one's own for the stamp. */
function byStamp(secret: string, fresh: (stamp: string) => boolean): Pick<Steps, 'verify'> {
  return {
    verify(delivery) {
      const id = headerOf(delivery, 'webhook-id') ?? '';
      const stamp = headerOf(delivery, 'webhook-timestamp') ?? '';
      const given = headerOf(delivery, 'webhook-signature') ?? '';
      const expected = standardSignature(secret, standardContent(id, stamp, delivery.body));
      return fresh(stamp) && given.split(' ').some((one) => sameText(one, expected));
    },
  };
}

/** Verifies as Stripe does, with a rule of one's own for the stamp. */
function byStripeStamp(
  secret: string,
  fresh: (stamp: string, date: string | undefined) => boolean,
): Pick<Steps, 'verify'> {
  return {
    verify(delivery) {
      const { stamp, v1 } = stripeParts(headerOf(delivery, 'stripe-signature') ?? '');
      const expected = stripeSignature(secret, stamp, delivery.body);
      return fresh(stamp, headerOf(delivery, 'date')) && v1.some((one) => sameText(one, expected));
    },
  };
}

export const timeBugs: readonly Bug[] = [
  {
    name: 'no-tolerance',
    bug: 'takes a stamp of any age',
    family,
    subject: 'shop-standard-webhooks',
    change: (_, secret) => byStamp(secret, (stamp) => /^\d+$/.test(stamp)),
  },
  {
    name: 'no-tolerance-stripe',
    bug: 'takes a stamp of any age',
    family,
    subject: 'shop-stripe',
    change: (_, secret) => byStripeStamp(secret, () => true),
  },
  {
    name: 'tolerance-in-milliseconds',
    bug: 'tolerates 300,000 seconds, meant as milliseconds',
    family,
    subject: 'shop-standard-webhooks',
    change: (_, secret) => byStamp(secret, (stamp) => Math.abs(nowInSeconds() - Number(stamp)) <= 300_000),
  },
  {
    name: 'stamp-in-milliseconds',
    bug: 'takes the stamp for milliseconds, so that nothing is ever too old',
    family,
    subject: 'shop-stripe',
    change: (_, secret) => byStripeStamp(secret, (stamp) => nowInSeconds() - Number(stamp) * 1000 <= 300),
  },
  {
    name: 'stamp-taken-for-milliseconds',
    bug: 'makes a Date of the seconds, so that everything is too old',
    family: 'events',
    subject: 'shop-standard-webhooks',
    change: (_, secret) =>
      byStamp(secret, (stamp) => Math.abs(Date.now() - new Date(Number(stamp)).getTime()) <= 300_000),
  },
  {
    name: 'missing-stamp-passes',
    bug: 'compares with NaN, which is never too old, where the stamp is missing or no number',
    family,
    subject: 'shop-standard-webhooks',
    change: (_, secret) =>
      byStamp(secret, (stamp) => !(Math.abs(nowInSeconds() - Number.parseInt(stamp, 10)) > 300)),
  },
  {
    name: 'unsigned-date-read',
    bug: 'asks the Date header, which nobody signed, for the age, and the signed stamp only where there is none',
    family,
    subject: 'shop-stripe',
    change: (_, secret) =>
      byStripeStamp(secret, (stamp, date) => {
        const seconds = date === undefined ? Number(stamp) : Date.parse(date) / 1000;
        return nowInSeconds() - seconds <= 300;
      }),
  },
  {
    name: 'one-hour-tolerance',
    bug: 'tolerates an hour',
    family,
    subject: 'shop-standard-webhooks',
    change: (_, secret) => byStamp(secret, (stamp) => Math.abs(nowInSeconds() - Number(stamp)) <= 3600),
  },
];
