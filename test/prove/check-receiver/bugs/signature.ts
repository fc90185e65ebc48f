import { type Delivery, headerOf, sameText } from '../delivery.ts';
import { nextSecrets } from '../providers.ts';
import type { Bug } from '../receiver.ts';
import { githubSignature, verifyGithub } from '../schemes/github.ts';
import { verifyHoverHeader } from '../schemes/hover.ts';
import {
  standardContent,
  standardSignature,
  standardStampIsFresh,
  verifyStandard,
} from '../schemes/standard-webhooks.ts';
import { stripeParts, stripeSignature, stripeStampIsFresh } from '../schemes/stripe.ts';

const family = 'signature';
const subject = 'shop-standard-webhooks';

function signed(delivery: Delivery): { given: string; content: Buffer; fresh: boolean } {
  const [id = '', stamp = '', given = ''] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headerOf(delivery, name),
  );
  return { given, content: standardContent(id, stamp, delivery.body), fresh: standardStampIsFresh(stamp) };
}

export const signatureBugs: readonly Bug[] = [
  {
    name: 'verifies-nothing',
    bug: 'never looks at the signature',
    family,
    subject,
    change: () => ({ verify: () => true }),
  },
  {
    name: 'missing-header-passes',
    bug: 'compares undefined with undefined where the header is missing',
    family,
    subject: 'shop-github',
    change: (_, secret) => ({
      verify(delivery) {
        const given = headerOf(delivery, 'x-hub-signature-256');
        const expected = given?.startsWith('sha256=')
          ? githubSignature(secret, delivery.body, 'sha256')
          : undefined;
        return given === expected;
      },
    }),
  },
  {
    name: 'empty-signature-passes',
    bug: 'asks whether the expected signature starts with the given one',
    family,
    subject: 'shop-github',
    change: (_, secret) => ({
      verify(delivery) {
        const given = headerOf(delivery, 'x-hub-signature-256');
        return (
          given !== undefined &&
          githubSignature(secret, delivery.body, 'sha256').slice(7).startsWith(given.slice(7))
        );
      },
    }),
  },
  {
    name: 'empty-secret-passes',
    bug: 'also honours an older secret that is not set, so an empty key',
    family,
    subject: 'shop-github',
    change: (_, secret) => ({ verify: (delivery) => verifyGithub(delivery, [secret, '']) }),
  },
  {
    name: 'first-characters-only',
    bug: 'compares the first eight characters of the signature',
    family,
    subject: 'shop-stripe',
    change: (_, secret) => ({
      verify(delivery) {
        const { stamp, v1 } = stripeParts(headerOf(delivery, 'stripe-signature') ?? '');
        const expected = stripeSignature(secret, stamp, delivery.body);
        return stripeStampIsFresh(stamp) && v1.some((one) => one.slice(0, 8) === expected.slice(0, 8));
      },
    }),
  },
  {
    name: 'first-signature-only',
    bug: 'looks at the first of several signatures alone',
    family,
    subject,
    change: (right) => ({
      verify(delivery) {
        const [first] = signed(delivery).given.split(' ');
        return right.verify({ ...delivery, headers: { ...delivery.headers, 'webhook-signature': first } });
      },
    }),
  },
  {
    name: 'last-signature-wins',
    bug: 'splits the header into an object, so that the last v1 replaces the others',
    family,
    subject: 'shop-stripe',
    change: (_, secret) => ({
      verify(delivery) {
        const header = headerOf(delivery, 'stripe-signature') ?? '';
        const parts = Object.fromEntries(header.split(',').map((part) => part.split('=')));
        const { t = '', v1 = '' } = parts;
        return stripeStampIsFresh(t) && sameText(v1, stripeSignature(secret, t, delivery.body));
      },
    }),
  },
  {
    name: 'anothers-secret-passes',
    bug: 'honours the secret of every subscription, not only of this one',
    family,
    subject,
    change: (_, secret) => ({
      verify: (delivery) => verifyStandard(delivery, [secret, nextSecrets[subject]]),
    }),
  },
  {
    name: 'body-not-signed',
    bug: 'verifies a signature once and then trusts its id with any body',
    family,
    subject,
    change(right) {
      const trusted = new Set<string>();
      return {
        verify(delivery) {
          const id = headerOf(delivery, 'webhook-id') ?? '';
          if (right.verify(delivery)) trusted.add(id);
          return trusted.has(id);
        },
      };
    },
  },
  {
    name: 'weaker-signature-suffices',
    bug: 'takes the SHA-1 header where the SHA-256 one is missing',
    family,
    subject: 'shop-github',
    change: (right, secret) => ({
      verify(delivery) {
        const older = headerOf(delivery, 'x-hub-signature');
        if (older === undefined || headerOf(delivery, 'x-hub-signature-256') !== undefined)
          return right.verify(delivery);
        return sameText(older, githubSignature(secret, delivery.body, 'sha1'));
      },
    }),
  },
  {
    name: 'older-header-read',
    bug: 'verifies the SHA-1 header and never the SHA-256 one',
    family,
    subject: 'hover',
    change: (_, secret) => ({
      verify: (delivery) => verifyHoverHeader(delivery, [secret], 'hover-signature', 'sha1'),
    }),
  },
  {
    name: 'older-version-suffices',
    bug: 'also takes a v0 signature, made with SHA-1',
    family,
    subject: 'shop-stripe',
    change: (right, secret) => ({
      verify(delivery) {
        const { stamp, v0 } = stripeParts(headerOf(delivery, 'stripe-signature') ?? '');
        const weak = stripeSignature(secret, stamp, delivery.body, 'sha1');
        return right.verify(delivery) || (stripeStampIsFresh(stamp) && v0.includes(weak));
      },
    }),
  },
  {
    name: 'another-header-read',
    bug: 'reads the svix-… headers alone, which this provider does not send',
    family: 'events',
    subject,
    change: (right) => ({
      verify({ headers, ...delivery }) {
        const renamed = Object.entries(headers).map(([name, value]) => [
          name.replace(/^svix-/, 'webhook-'),
          value,
        ]);
        const sent = renamed.filter((_, index) => !Object.keys(headers)[index]?.startsWith('webhook-'));
        return right.verify({ ...delivery, headers: Object.fromEntries(sent) });
      },
    }),
  },
  {
    name: 'secret-not-decoded',
    bug: 'signs with the secret as text, where the scheme decodes it from base64',
    family: 'events',
    subject,
    change: (_, secret) => ({
      verify: (delivery) => verifyStandard(delivery, [Buffer.from(secret).toString('base64')]),
    }),
  },
  {
    name: 'url-without-path',
    bug: 'signs its origin, where the provider signs the whole URL',
    family: 'events',
    subject: 'apitree',
    change: (right) => ({
      verify: (delivery) => right.verify({ ...delivery, url: new URL(delivery.url).origin }),
    }),
  },
  {
    name: 'secret-in-any-case',
    bug: 'compares the secret without regard to upper and lower case',
    family,
    subject: 'rehive',
    change: (_, secret) => ({
      verify: (delivery) =>
        headerOf(delivery, 'authorization')?.toLowerCase() === `secret ${secret}`.toLowerCase(),
    }),
  },
  {
    name: 'secret-contained',
    bug: 'asks whether the header begins with the word Secret',
    family,
    subject: 'rehive',
    change: () => ({
      verify: (delivery) => headerOf(delivery, 'authorization')?.startsWith('Secret ') === true,
    }),
  },
  {
    name: 'throws-on-length',
    bug: 'compares two buffers of different length, which throws, and answers 500 for a wrong signature',
    family,
    subject,
    seen: 'told',
    change: (right, secret) => ({
      verify(delivery) {
        const { given, content } = signed(delivery);
        const expected = standardSignature(secret, content);
        if (given.split(' ').every((one) => one.length !== expected.length))
          throw new RangeError('Input buffers must have the same byte length');
        return right.verify(delivery);
      },
    }),
  },
  {
    name: 'refuses-with-200',
    bug: 'answers 200 where the signature is wrong, and does nothing',
    family,
    subject,
    change: () => ({ refuse: () => ({ status: 200, body: '{"ok":false}' }) }),
  },
  {
    name: 'works-before-verifying',
    bug: 'carries the event out and then refuses the signature',
    family,
    subject,
    seen: 'probe',
    change(right) {
      const refused = new WeakSet<Buffer>();
      return {
        verify(delivery) {
          if (!right.verify(delivery)) refused.add(delivery.body);
          return true;
        },
        parse(delivery) {
          const event = right.parse(delivery);
          return event && refused.has(delivery.body) ? { ...event, type: 'refused' } : event;
        },
        accept: (event) => (event.type === 'refused' ? { status: 401 } : right.accept(event)),
      };
    },
  },
];
