import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TestConfig } from '../../src/commands/common/config-file.ts';
import { testCredentials } from '../../src/commands/test/test-credentials.ts';
import { placeReporters, readTestReporterFlag } from '../../src/commands/test/test-reporter-flag.ts';
import { testSettingsOf } from '../../src/commands/test/test-settings.ts';
import type { TargetFlags } from '../../src/commands/test/test-target-flags.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const document = await loadDocument({
  name: 'keys',
  document: {
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    paths: {},
    components: { securitySchemes: { shop: { type: 'apiKey', in: 'header', name: 'X-Shop-Key' } } },
  },
});
const url = 'https://api.example.com';
const credentials = (flags: TargetFlags, environment = {}, config: TestConfig = {}) =>
  testCredentials(flags, environment, config, document);

describe('credentials', () => {
  const environment = { SPARRING_TOKEN: 'from-environment', SPARRING_API_KEY: 'key' };
  const config = { bearer: 'from-config', schemes: { shop: { token: 't' } } };

  it('are those of flags, else of the environment, else of the configuration', () => {
    expect(credentials({ url, bearer: 'from-flag' }, environment, config).bearer).toBe('from-flag');
    expect(credentials({ url }, environment, config)).toMatchObject({
      bearer: 'from-environment',
      apiKeys: { shop: 'key', 'X-Shop-Key': 'key' },
      schemes: config.schemes,
    });
    expect(credentials({ url }, {}, config)).toMatchObject(config);
  });

  it('of the environment and the configuration are for a server that was named, and not for a mock', () => {
    expect(credentials({}, environment, config)).toEqual({});
  });

  it('that cannot be read are refused without being shown', () => {
    expect(() => credentials({ apiKey: ['X-Shop-Kye=hidden'] })).toThrow(
      expect.objectContaining({ next: 'Did you mean X-Shop-Key?' }),
    );
    for (const flags of [{ apiKey: ['hidden'] }, { header: ['hidden'] }, { basic: 'hidden' }])
      expect(() => credentials(flags)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('hidden') }),
      );
  });
});

describe('reporters', () => {
  it('are named with their files, and a typo names the nearest', () => {
    expect(readTestReporterFlag('junit=a=b.xml')).toEqual([{ name: 'junit', file: 'a=b.xml' }]);
    expect(() => readTestReporterFlag('htlm')).toThrow('Did you mean html?');
    expect(() => readTestReporterFlag('constructor')).toThrow('There are terminal, json, junit');
    expect(() => readTestReporterFlag('junit=')).toThrow('junit=<file>');
  });

  it('may be several, of which one writes to standard output or to --out', () => {
    const given = readTestReporterFlag('html=x.html', readTestReporterFlag('json'));
    expect(placeReporters(given, undefined, 'f.test.ts')).toEqual([
      { name: 'json', file: undefined },
      { name: 'html', file: 'x.html' },
      { name: 'vitest', file: 'f.test.ts' },
    ]);
    expect(placeReporters(given, 'y.json', undefined)[0]).toEqual({ name: 'json', file: 'y.json' });
    expect(placeReporters(undefined, undefined, undefined)).toEqual([{ name: 'terminal', file: undefined }]);
    expect(() => placeReporters(readTestReporterFlag('github', given), undefined, undefined)).toThrow(
      'Only one reporter',
    );
    expect(() => placeReporters(readTestReporterFlag('html=x'), 'y', undefined)).toThrow('--out names none');
  });
});

describe('the section "test" of a configuration', () => {
  it('says what flags say, by their names', () => {
    const flags = testSettingsOf({
      url,
      timeout: '2s',
      phases: ['examples'],
      reporters: ['junit=r.xml'],
      bearer: 'x',
    });
    expect(flags).toEqual({
      url,
      timeout: 2000,
      phases: ['examples'],
      reporter: [{ name: 'junit', file: 'r.xml' }],
    });
    expect(() => testSettingsOf({ phases: ['exampels'] })).toThrow('Did you mean examples?');
  });

  it('has the same fields in its schema and its type', () => {
    const schema = JSON.parse(readFileSync('openapi/sparring.config.schema.json', 'utf8'));
    const source = readFileSync('src/commands/common/config-file.ts', 'utf8');
    const [, body = ''] = /interface TestConfig \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const fields = [...body.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
    expect(Object.keys(schema.properties.test.properties).toSorted()).toEqual(fields.toSorted());
  });
});
