import { expect, it } from 'vitest';
import { withoutSecrets } from '../../../../src/contract/checks/judging/findings.ts';
import { secretScrubber } from '../../../../src/contract/report/content/safe-report.ts';

it('hides passwords of URLs wherever they stand', () => {
  const scrub = secretScrubber([]);
  expect(scrub('curl https://ann:hunter2@api.test/x?a=b:c@d')).toBe('curl https://ann:…@api.test/x?a=b:c@d');
  expect(scrub('{"dsn":"postgres://ann:hunter2@db.test"}')).toBe('{"dsn":"postgres://ann:…@db.test"}');
});

it('hides fields by their names, and by what the document marks', () => {
  const text = JSON.stringify({
    pwd: 'a',
    'x-auth': 'b',
    code: '482913',
    pin: 1234,
    apiKey: 'c',
    phrase: 'd"d',
    n: 1,
  });
  expect(JSON.parse(withoutSecrets(text, new Set(['phrase'])))).toEqual({
    pwd: '…',
    'x-auth': '…',
    code: '…',
    pin: '…',
    apiKey: '…',
    phrase: '…',
    n: 1,
  });
  expect(withoutSecrets('{"code":"not_found","token_type":"bearer"}')).toBe(
    '{"code":"not_found","token_type":"bearer"}',
  );
});
