import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import type { ApiDocument, Operation } from '../../src/openapi/document/document.ts';
import { bundledApis } from '../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { sample } from '../../src/openapi/sample/sample.ts';
import { seededSource } from '../../src/openapi/sample/seeded-source.ts';

/** Digests of what every operation of the bundled APIs answers for one seed; written anew when UPDATE_DIGESTS is set. */
const file = join(import.meta.dirname, 'bundled-answers.json');
const recorded: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};

/** Tokens that are taken beside those that an API issues. */
const tokens: Readonly<Record<string, Readonly<Record<string, { readonly token: string }>>>> = {
  hive: { bearer: { token: 'a-token' } },
  apitree: { oauth: { token: 'a-token' }, oauth2: { token: 'a-token' } },
};
const basic = Buffer.from('HiveDemoKey000000000000000000000:HiveDemoSecret000000000000000000').toString(
  'base64',
);
/** The header fields that let somebody in, by API. */
const demo: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  hive: [{ authorization: `Basic ${basic}` }, { authorization: 'Bearer a-token' }],
  rehive: [{ authorization: `Token rehive-demo-token-${'0'.repeat(46)}` }],
  hover: [{ authorization: 'Bearer hover-demo-token' }],
  authentic: [{ 'an-api-token': 'authentic-demo-token', 'an-api-key-owner': 'authentic-demo-owner-key' }],
  apitree: [{ authorization: 'Bearer a-token' }, { authorization: 'OAuth a-token' }],
};

/** The requests that are made of an operation: for records that are there, and for ones that are not. */
function urlsOf(mock: Mock, document: ApiDocument, operation: Operation): readonly string[] {
  const state = mock.state.dump()[document.name] ?? {};
  const records = Object.values(state).flat();
  const idFor = (name: string, turn: number) => {
    if (turn === 0) return '99999999-9999-4999-8999-999999999999';
    const plain = name.replace(/_?id$/i, '');
    const near = Object.entries(state).find(([key]) => plain !== '' && key.includes(plain));
    const record = near?.[1][0] ?? records.find((each) => 'id' in each || name in each) ?? {};
    return String(record[name] ?? record.id ?? Object.values(record)[0] ?? 'x');
  };
  const turns = operation.path.includes('{') ? [1, 0] : [1];
  return turns.map((turn) =>
    operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(idFor(name, turn))),
  );
}

async function digest(document: ApiDocument, operation: Operation): Promise<string> {
  const mock = await createMock({
    apis: [document.name],
    now: '2026-01-31T12:00:00Z',
    seed: 7,
    credentials: tokens[document.name] ? { [document.name]: tokens[document.name] ?? {} } : {},
  });
  const hash = createHash('sha256');
  const schema = operation.requestBody?.mediaTypes.find(({ name }) => /json/.test(name))?.schema;
  const source = seededSource('bundled', operation.id);
  for (const path of urlsOf(mock, document, operation))
    for (const credentials of demo[document.name] ?? [{}])
      for (const full of [true, false]) {
        const body =
          schema === undefined
            ? undefined
            : JSON.stringify(sample(document, schema, source, 'body', { full }));
        const answer = await mock.fetch(path, {
          method: operation.method.toUpperCase(),
          headers: {
            ...credentials,
            'user-agent': 'rehive-platform/3',
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body }),
        });
        const headers = [...answer.headers].filter(([name]) => name !== 'date').sort();
        hash.update(`${answer.status} ${JSON.stringify(headers)}\n`);
        hash.update(new Uint8Array(await answer.arrayBuffer()));
      }
  hash.update(JSON.stringify(mock.state.dump()));
  await mock.close();
  return hash.digest('hex').slice(0, 16);
}

describe.each(bundledApis().map(({ name, file: path }) => [name, path]))('%s', (name, path) => {
  it('answers every operation with the bytes it always has for a seed', { timeout: 120_000 }, async () => {
    const document = await loadDocument(path);
    const found: Record<string, string> = {};
    for (const operation of document.operations)
      found[`${name} ${operation.id}`] = await digest(document, operation);
    if (process.env.UPDATE_DIGESTS === '1') {
      const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
      const sorted = Object.entries({ ...all, ...found }).sort(([a], [b]) => (a < b ? -1 : 1));
      writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
      return;
    }
    const expected = Object.entries(recorded).filter(([key]) => key.startsWith(`${name} `));
    expect(found).toEqual(Object.fromEntries(expected));
  });
});
