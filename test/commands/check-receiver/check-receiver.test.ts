import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withFolder } from '../../prove/check-receiver/check-corpus.ts';
import { rightReceiver } from '../../prove/check-receiver/corpus.ts';
import { secrets } from '../../prove/check-receiver/providers.ts';
import { type RunningReceiver, startReceiver } from '../../prove/check-receiver/start-receiver.ts';
import { runSparring } from '../run-sparring.ts';

const secret = secrets.rehive;
let right: RunningReceiver;
let wrong: RunningReceiver;

beforeAll(async () => {
  right = await startReceiver(rightReceiver('rehive'));
  wrong = await startReceiver({ ...rightReceiver('rehive'), verify: () => true });
});

afterAll(async () => {
  await right.close();
  await wrong.close();
});

function check(to: string, ...args: readonly string[]) {
  return runSparring(['check-receiver', 'rehive', '--to', to, '--secret', secret, ...args]);
}

describe('the exit code and the report', () => {
  test('0 for a receiver that is right, and what was not checked is said', async () => {
    const { code, stdout } = await check(right.url, '--only', 'signatures', '--only', 'user.create/events');
    expect(stdout).toContain('none failed');
    expect(stdout).toContain('Whether signatures are compared in constant time.');
    expect(code).toBe(0);
  });

  test('1 for one that verifies nothing, with bytes, answer, time, line and curl', async () => {
    const { code, stdout } = await check(wrong.url, '--only', 'signatures/wrong-secret');
    expect(stdout).toContain('FAILED forgery-refused (contract)');
    expect(stdout).toMatch(/openapi\/rehive\.yaml:\d+:\d+/);
    expect(stdout).toMatch(/seen +200 ok, after \d+ ms/);
    expect(stdout).toMatch(/request +\{"id":\d+,"event":"/);
    expect(stdout).toMatch(/answer +200; .*; ok/);
    expect(stdout).toContain("again     curl -i -X POST -H 'content-type: application/json'");
    expect(stdout).toContain('--secret "$SPARRING_SECRET" --only');
    expect(stdout).not.toContain(secret);
    expect(code).toBe(1);
  });

  test('the secret may stand in the environment', async () => {
    const { code } = await runSparring(
      ['check-receiver', 'rehive', '--to', right.url, '--only', 'user.create/events'],
      { env: { SPARRING_SECRET: secret } },
    );
    expect(code).toBe(0);
  });

  test('--plan sends nothing, --bail ends early', async () => {
    const plan = await check('http://127.0.0.1:9/hooks', '--plan', '--only', 'signatures');
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('signatures/unsigned') });
    const { code, stdout } = await check(wrong.url, '--bail');
    expect(stdout).toContain('The run was ended by the first failure.');
    expect(code).toBe(1);
  });

  test('every reporter tells of the failure and of what was not checked; known failures pass', async () => {
    await withFolder(async (folder) => {
      const at = (name: string) => join(folder, name);
      const names = ['json', 'junit', 'html', 'sarif', 'github'];
      const reporters = names.flatMap((name) => ['--reporter', `${name}=${at(name)}`]);
      const only = ['--only', 'signatures/unsigned'];
      const known = ['--baseline', at('known.json')];
      const { code } = await check(wrong.url, ...only, ...reporters);
      expect(code).toBe(1);
      for (const name of names) {
        const text = await readFile(at(name), 'utf8');
        expect(text, name).toContain('forgery-refused');
        expect(text, name).toMatch(/not ?checked/i);
        expect(text, name).not.toContain(secret);
      }
      await check(wrong.url, ...only, ...known, '--update-baseline');
      const again = await check(wrong.url, ...only, ...known);
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('1 known') });
    });
  });
});

describe('what is used wrongly is told, with 2', () => {
  const to = 'http://127.0.0.1:9/hooks';
  test.each([
    [['hover', '--to', to], 'no secret was given'],
    [['hive', '--to', to, '--secret', 'x'], 'does not sign its webhooks'],
    [['rehive', '--to', to, '--secret', ''], 'It is empty'],
    [['rehive', '--to', 'localhost:3000', '--secret', 'x'], 'is no URL of a receiver'],
    [['rehive', '--to', to, '--secret', 'x', '--kill', 'true'], '--kill says nothing without --probe'],
    [['rehive', '--to', to, '--secret', 'x', '--only', 'signature_'], 'No case has "signature_" in its id'],
    [['rehive', '--to', to, '--secret', 'x', '--reporter', 'vitest'], 'Use describeReceiver'],
    [['rehive', '--secret', 'x'], "required option '--to <url>' not specified"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await runSparring(['check-receiver', ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

test('3 where nobody listens', async () => {
  const { code, stderr } = await check('http://127.0.0.1:9/hooks');
  expect(stderr).toContain('Nobody can be reached');
  expect(code).toBe(3);
});
