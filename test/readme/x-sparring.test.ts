import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { createMock, createReceiver, type Mock, type TimeSource } from 'sparring';
import { describe, expect, it } from 'vitest';
import { signers } from '../../src/webhooks/signers/index.ts';
import { createManualTime } from '../manual-time.ts';
import { blocksOf, root } from './pages.ts';

type Json = Readonly<Record<string, unknown>>;

const page = 'docs/guide/x-sparring.md';
const blocks = blocksOf(page)
  .filter(({ language }) => language === 'yaml')
  .map(({ line, text }) => ({ line, part: objectOf(load(text)), text }));
const whole = blocks.find(({ part }) => 'openapi' in part)?.part ?? {};
const parts = blocks.filter(({ part }) => !('openapi' in part));

/** Fits each option that says how a secret is written. */
const secrets: Readonly<Record<string, string>> = {
  text: 'whisper',
  hex: '77686973706572',
  base64: 'd2hpc3Blcg==',
};

const pem = { format: 'pem', type: 'pkcs8' } as const;
/** The private key of each way of signing by a key pair. */
const keys: Readonly<Record<string, string>> = {
  ed25519: generateKeyPairSync('ed25519').privateKey.export(pem).toString(),
  'ecdsa-p256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem).toString(),
  'rsa-sha256': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString(),
};
const pairsOfSchemes: Readonly<Record<string, string>> = {
  discord: 'ed25519',
  sendgrid: 'ecdsa-p256',
  plaid: 'ecdsa-p256',
  sns: 'rsa-sha256',
};

/** The document of the page with one of its blocks in it; what the block says wins. */
function documentWith(part: Json): Json {
  return objectOf(merge(whole, part));
}

function merge(wider: unknown, narrower: unknown): unknown {
  if (!isObject(wider) || !isObject(narrower)) return narrower === undefined ? wider : narrower;
  const names = new Set([...Object.keys(wider), ...Object.keys(narrower)]);
  return Object.fromEntries([...names].map((name) => [name, merge(wider[name], narrower[name])]));
}

async function withMock<T>(
  document: Json,
  use: (mock: Mock, notices: readonly string[]) => Promise<T>,
  time?: TimeSource,
): Promise<T> {
  const notices: string[] = [];
  const mock = await createMock({
    apis: [{ name: 'orders', document }],
    now: '2026-01-31T12:00:00Z',
    time,
    onNotice: ({ message }) => notices.push(message),
  });
  try {
    return await use(mock, notices);
  } finally {
    await mock.close();
  }
}

/** What is sent of a delivery that is signed as a signature says, at a time that stands still; a part of a document with it. */
async function sentBy(
  signature: unknown,
  part: Json = {},
  secret = secretFor(signature),
): Promise<{ headers: Json; body: string }> {
  const document = documentWithSignature(signature, part);
  return withMock(
    document,
    async (mock) => {
      const to = 'http://127.0.0.1:9/hooks?a=1';
      const [request] = await mock.webhooks.preview('orders', 'order.created', { to, secret });
      return { headers: request?.headers ?? {}, body: request?.body ?? '' };
    },
    createManualTime(),
  );
}

function documentWithSignature(signature: unknown, part: Json = {}): Json {
  const { 'x-sparring': _, ...rest } = part;
  return documentWith({ ...rest, 'x-sparring': { delivery: { signature } } });
}

function secretFor(signature: unknown): string {
  const { options, scheme } = objectOf(signature);
  if (scheme === 'adyen') return secrets.hex ?? '';
  if (scheme === 'standard-webhooks') return 'whsec_c3BhcnJpbmc=';
  const algorithm = pairsOfSchemes[String(scheme)] ?? String(objectOf(options).algorithm);
  return keys[algorithm] ?? secrets[String(objectOf(options).key ?? 'text')] ?? '';
}

const unsigned = parts.filter(
  ({ part }) => !('signature' in objectOf(objectOf(part['x-sparring']).delivery)),
);

describe.for(unsigned.map(({ line, part }) => [line, part] as const))('the block at line %i', ([, part]) => {
  it('is taken by the loader, with nothing to say against it', async () => {
    const document = documentWith(part);
    await withMock(document, async (mock, notices) => {
      expect(notices).toEqual([]);
      expect(mock.apis.map(({ name }) => name)).toEqual(['orders']);
    });
  });
});

const signatures = parts.flatMap(({ line, part }) => {
  const { signature } = objectOf(objectOf(part['x-sparring']).delivery);
  return signature === undefined ? [] : [[line, objectOf(signature), part] as const];
});

describe.for(signatures)('the signature at line %i', ([, signature, part]) => {
  const options = objectOf(signature.options);
  let signed: Awaited<ReturnType<typeof sentBy>>;

  it('puts header fields on a delivery or a signature into its body, which a receiver finds valid', async () => {
    signed = await sentBy(signature, part);
    const fields = Object.keys(signed.headers).filter((name) => name !== 'Content-Type');
    expect([...fields, ...(/signature/i.exec(signed.body) ?? [])]).not.toEqual([]);
    const secret = secretFor(signature);
    const receiver = await createReceiver({ scheme: String(signature.scheme), secret, options });
    try {
      await withMock(documentWithSignature(signature, part), async (mock, notices) => {
        expect(notices).toEqual([]);
        await mock.webhooks.fire('orders', 'order.created', { to: `${receiver.url}/hooks?a=1`, secret });
        expect((await receiver.next()).verification).toMatchObject({ valid: true });
      });
    } finally {
      await receiver.close();
    }
  });

  // `legacy` is the receiver's alone.
  it.for(
    Object.keys(options)
      .filter((name) => name !== 'legacy')
      .map((name) => [name] as const),
  )('is another one without its option %s', async ([name]) => {
    const { [name]: _, ...rest } = options;
    // Without what carries them, stamps may not be signed: then the document is refused, which is another outcome too.
    const without = sentBy({ ...signature, options: rest }, part, secretFor(signature));
    const told = await without.catch((error: unknown) => String(error));
    expect(told).not.toEqual(signed);
  });
});

it('shows every field that the schema has', () => {
  const schema = objectOf(JSON.parse(readFileSync(`${root}openapi/x-sparring.schema.json`, 'utf8')));
  const shown = new Set(blocks.flatMap(({ part }) => namesIn(part)));
  const known = Object.values(objectOf(schema.$defs)).flatMap(namesOfProperties);
  expect([...new Set(known)].filter((name) => !shown.has(name))).toEqual([]);
});

it('names every scheme and placeholder', () => {
  const text = blocksOf(page)
    .map((block) => block.text)
    .join('\n');
  const prose = readFileSync(`${root}${page}`, 'utf8');
  for (const scheme of Object.keys(signers)) {
    expect(prose).toContain(`\`${scheme}\``);
  }
  const refused = /known are (.*?)\.$/m;
  return Promise.all(
    [{ content: '{x}' }, { prefix: '{x}' }].map(async (options) => {
      const message = await sentBy({ scheme: 'hmac', options }).catch((error: unknown) => String(error));
      const placeholders = (refused.exec(String(message))?.[1] ?? '').split(', ');
      expect(placeholders.length).toBeGreaterThan(4);
      expect(placeholders.filter((name) => !text.includes(name))).toEqual([]);
    }),
  );
});

/** Every key in a value. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

/** The names of the fields that a schema describes. */
function namesOfProperties(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  return Object.entries(objectOf(schema.properties)).flatMap(([name, inner]) => [
    name,
    ...namesOfProperties(inner),
  ]);
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
