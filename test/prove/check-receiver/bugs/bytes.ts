import { headerOf } from '../delivery.ts';
import type { Bug } from '../receiver.ts';
import { readBytes } from '../right-steps.ts';

const subject = 'shop-standard-webhooks';

/** What is done with the bytes of a body, before and after verification. */
export const bytesBugs: readonly Bug[] = [
  {
    name: 'verifies-stringified',
    bug: 'verifies over JSON.stringify of the parsed body',
    family: 'raw bytes',
    subject,
    change: (right) => ({
      verify(delivery) {
        const text = JSON.stringify(JSON.parse(delivery.body.toString('utf8')));
        return right.verify({ ...delivery, body: Buffer.from(text) });
      },
    }),
  },
  {
    name: 'verifies-stringified-github',
    bug: 'verifies over JSON.stringify of the parsed body',
    family: 'raw bytes',
    subject: 'shop-github',
    change: (right) => ({
      verify(delivery) {
        const text = JSON.stringify(JSON.parse(delivery.body.toString('utf8')));
        return right.verify({ ...delivery, body: Buffer.from(text) });
      },
    }),
  },
  {
    name: 'verifies-trimmed',
    bug: 'trims the body before it verifies',
    family: 'raw bytes',
    subject,
    change: (right) => ({
      verify: (delivery) =>
        right.verify({ ...delivery, body: Buffer.from(delivery.body.toString('utf8').trim()) }),
    }),
  },
  {
    name: 'verifies-unescaped-slashes',
    bug: 'replaces \\/ by / before it verifies',
    family: 'raw bytes',
    subject,
    change: (right) => ({
      verify: (delivery) =>
        right.verify({
          ...delivery,
          body: Buffer.from(delivery.body.toString('utf8').replaceAll('\\/', '/')),
        }),
    }),
  },
  {
    name: 'verifies-other-spacing',
    bug: 'verifies over the parsed body written with ", " and ": ", as one language does by default',
    family: 'events',
    subject,
    change: (right) => ({
      verify(delivery) {
        const lines = JSON.stringify(JSON.parse(delivery.body.toString('utf8')), null, 1);
        const spaced = lines.replaceAll(/,\n\s*/g, ', ').replaceAll(/\n\s*/g, '');
        return right.verify({ ...delivery, body: Buffer.from(spaced) });
      },
    }),
  },
  {
    name: 'rounds-large-integers',
    bug: 'keeps what JSON.parse makes of integers beyond 2^53',
    family: 'raw bytes',
    seen: 'told',
    subject,
    change: (right) => ({
      keep: (work) =>
        right.keep({ ...work, event: { ...work.event, text: JSON.stringify(JSON.parse(work.event.text)) } }),
    }),
  },
  {
    name: 'reads-latin1',
    bug: 'reads the body as Latin-1 and verifies it as UTF-8',
    family: 'sizes',
    subject,
    change: (right) => ({
      verify: (delivery) =>
        right.verify({ ...delivery, body: Buffer.from(delivery.body.toString('latin1'), 'utf8') }),
    }),
  },
  {
    name: 'decodes-chunk-by-chunk',
    bug: 'decodes each chunk by itself, which breaks a character that lies across two',
    family: 'sizes',
    subject,
    change: () => ({
      async read(request) {
        let text = '';
        for await (const chunk of request) text += chunk.toString('utf8');
        return Buffer.from(text);
      },
    }),
  },
  {
    name: 'counts-characters',
    bug: 'cuts the body to as many bytes as it has characters',
    family: 'sizes',
    subject,
    change: () => ({
      async read(request) {
        const body = await readBytes(request);
        return body?.subarray(0, body.toString('utf8').length);
      },
    }),
  },
  {
    name: 'refuses-4-byte-characters',
    bug: 'answers 500 where its database takes no character beyond U+FFFF',
    family: 'sizes',
    subject,
    change: () => ({
      use({ fields }) {
        if (/[\u{10000}-\u{10ffff}]/u.test(Object.values(fields).join()))
          throw new Error('Incorrect string value');
        return undefined;
      },
    }),
  },
  {
    name: 'refuses-nul',
    bug: 'answers 500 where its database takes no U+0000',
    family: 'sizes',
    subject,
    change: () => ({
      use({ fields }) {
        if (Object.values(fields).some((value) => typeof value === 'string' && value.includes('\0')))
          throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
        return undefined;
      },
    }),
  },
  {
    name: 'splits-at-line-separators',
    bug: 'takes U+2028 for the end of a line and drops what follows',
    family: 'sizes',
    subject,
    change: (right) => ({
      parse: (delivery) =>
        right.parse({
          ...delivery,
          body: Buffer.from(delivery.body.toString('utf8').split('\u2028')[0] ?? ''),
        }),
    }),
  },
  {
    name: 'reads-100-kilobytes',
    bug: 'answers 413 beyond 100 KB, the default of a common body parser',
    family: 'sizes',
    subject,
    change: () => ({ read: (request) => readBytes(request, 102_400) }),
  },
  {
    name: 'wants-exact-media-type',
    bug: 'compares the media type with application/json, and refuses a charset beside it',
    family: 'sizes',
    subject,
    change: (right) => ({
      admit: (request) =>
        request.headers['content-type'] === 'application/json' ? right.admit(request) : { status: 415 },
    }),
  },
  {
    name: 'wants-content-length',
    bug: 'answers 411 to a chunked body',
    family: 'sizes',
    subject,
    change: (right) => ({
      admit: (request) =>
        request.headers['content-length'] === undefined ? { status: 411 } : right.admit(request),
    }),
  },
  {
    name: 'loses-chunked-body',
    bug: 'takes a body without Content-Length for an empty one',
    family: 'sizes',
    subject,
    change: () => ({
      async read(request) {
        const body = await readBytes(request);
        return request.headers['content-length'] === undefined ? Buffer.alloc(0) : body;
      },
    }),
  },
  {
    name: 'wants-header-case',
    bug: 'looks its headers up among the raw ones, letter for letter',
    family: 'sizes',
    subject,
    change: (right) => ({
      verify: (delivery) =>
        ['webhook-id', 'webhook-timestamp', 'webhook-signature'].every((name) =>
          delivery.rawHeaders.includes(name),
        ) && right.verify(delivery),
    }),
  },
  {
    name: 'wants-header-case-github',
    bug: 'looks its header up among the raw ones, letter for letter',
    family: 'sizes',
    subject: 'shop-github',
    change: (right) => ({
      verify: (delivery) =>
        delivery.rawHeaders.includes('X-Hub-Signature-256') &&
        headerOf(delivery, 'x-hub-signature-256') !== undefined &&
        right.verify(delivery),
    }),
  },
];
