import { describe, expect, it } from 'vitest';
import { petstore, runSparring } from './run-sparring.ts';

const ansi = String.fromCharCode(27);

describe.concurrent('wrong usage ends with code 2 and says what to do', () => {
  it.for([
    ['an unknown flag, with the nearest', ['serve', '--prot', '4000'], /--prot[\s\S]*--port/],
    ['an unknown command, with the nearest', ['srve'], /srve[\s\S]*serve/],
    ['an unknown API, with the nearest', ['serve', 'hivee'], /hivee[\s\S]*hive\b/],
    ['an unknown API to explain, with the nearest', ['explain', 'hiev'], /hiev[\s\S]*hive\b/],
    ['a missing API to explain', ['explain'], /api/],
    ['a negative port', ['serve', '--port', '-1'], /port[\s\S]*0 to 65535/i],
    ['a port that is too large', ['serve', '--port', '70000'], /port[\s\S]*0 to 65535/i],
    ['a port that is no number', ['serve', '--port', 'http'], /port[\s\S]*0 to 65535/i],
    ['a fractional seed', ['serve', '--seed', '1.5'], /seed[\s\S]*whole number/i],
    ['a latency without a unit that exists', ['serve', '--latency', '3 moons'], /latency[\s\S]*200ms/],
    ['a range of latency upside down', ['serve', '--latency', '400ms-100ms'], /latency[\s\S]*100ms-400ms/],
    ['a time that is none', ['serve', '--now', 'yesterday'], /now[\s\S]*2026-01-31T12:00:00Z/],
    ['a time scale of 0', ['serve', '--time-scale', '0'], /time-scale[\s\S]*above 0/],
    ['a setting without an API', ['serve', '--set', 'check_delay=5s'], /--set[\s\S]*<api>\.<name>=<value>/],
    [
      'a setting that the API has not, with the nearest',
      ['serve', 'hive', '--set', 'hive.check_dealy=5s'],
      /check_dealy[\s\S]*check_delay/,
    ],
    [
      'a setting of an API that is not served',
      ['serve', 'hive', '--set', 'hove.check_delay=5s'],
      /hove[\s\S]*hive/,
    ],
    [
      'a credential of a scheme that is not there',
      ['serve', 'hive', '--credential', 'hive.basik=a:b'],
      /basik[\s\S]*basic/,
    ],
    ['a certificate without its key', ['serve', 'hive', '--https-cert', 'cert.pem'], /--https-key/],
  ] as const)('%s', async ([, args, message]) => {
    const { code, stdout, stderr } = await runSparring([...args]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(stderr).not.toContain(ansi);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a bad variable, by its name', async () => {
    const { code, stderr } = await runSparring(['serve'], { env: { SPARRING_PORT: '70000' } });
    expect(stderr).toMatch(/SPARRING_PORT[\s\S]*0 to 65535/);
    expect(code).toBe(2);
  });

  it.for(['SPARRING_ADMIN_TOKEN', 'SPARRING_HOST', 'SPARRING_DATA'])(
    'an empty %s, which would open what is to be closed',
    async (name) => {
      const { code, stderr } = await runSparring(['serve', petstore, '--port', '0'], { env: { [name]: '' } });
      expect(stderr).toContain(name);
      expect(code).toBe(2);
    },
  );

  it('as one JSON object a line with --json', async () => {
    const { code, stderr } = await runSparring(['serve', 'hivee', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'error',
      code: 'unknown-api',
      message: expect.stringContaining('hivee'),
    });
    expect(code).toBe(2);
  });
});
