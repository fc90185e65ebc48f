import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonLines, runSparring } from '../commands/run-sparring.ts';
import { type Started, startSparring, stopAll } from './webhook-commands/start-sparring.ts';

const secret = 'listen-secret';
const body = '{"event":"parcel.sent","id":"p-1"}';

afterEach(stopAll);

function signed(text: string) {
  const signature = createHmac('sha256', secret).update(text).digest('hex');
  return { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
}

async function listen(...args: readonly string[]): Promise<{ url: string; run: Started }> {
  const run = startSparring(['listen', ...args]);
  const [, url = ''] = await run.printed(/(http:\/\/127\.0\.0\.1:\d+)/);
  return { url, run };
}

describe('sparring listen', () => {
  it('shows each arrival with its event, its bytes and whether its signature holds', async () => {
    const { run, url } = await listen('--scheme', 'github', '--secret', 'newer', '--secret', secret);
    await fetch(`${url}/hooks?x=1`, { method: 'POST', body, headers: signed(body) });
    await fetch(`${url}/hooks`, { method: 'POST', body, headers: signed(`${body} `) });
    await fetch(url, { method: 'GET' });
    await run.printed(/GET .*\n/);
    const [good = '', bad = '', bare = ''] = run.output.stdout
      .split('\n')
      .filter((line) => /POST|GET/.test(line));
    expect(good).toMatch(/\d\d:\d\d:\d\d.*POST.*\/hooks\?x=1.*parcel\.sent/);
    expect(good).toContain(`${body.length} bytes`);
    expect(good).toMatch(/valid|verified/);
    expect(bad).not.toMatch(/signature valid|verified/);
    expect(bare).toContain('X-Hub-Signature-256');
    expect(run.output.stdout).not.toContain(body);
    expect(await run.stop()).toBe(0);
  });

  it('refuses what is not signed as it should be, unless a status was told', async () => {
    const post = async (...flags: string[]) => {
      const { url } = await listen('--scheme', 'github', '--secret', secret, ...flags);
      const answers: (readonly [number, string])[] = [];
      for (const text of [body, `${body} `]) {
        const answer = await fetch(url, { method: 'POST', body, headers: signed(text) });
        answers.push([answer.status, await answer.text()]);
      }
      return answers;
    };
    expect(await post()).toEqual([
      [200, ''],
      [401, expect.stringContaining('X-Hub-Signature-256')],
    ]);
    expect((await post('--status', '202')).map(([status]) => status)).toEqual([202, 202]);
  });

  it('takes scheme and header from the document of the API', async () => {
    const { run, url } = await listen('hover', '--secret', secret, '--json');
    const fired = await runSparring([
      ...['fire', 'hover', 'job-state-changed', '--to', `${url}/hover`, '--secret', secret],
    ]);
    expect(fired.code).toBe(0);
    await run.printed(/job-state-changed/);
    const [, received] = jsonLines(run.output.stdout);
    expect(received).toMatchObject({ method: 'POST', path: '/hover', verification: { valid: true } });
  });

  it('shows headers and the exact body when asked', async () => {
    const { run, url } = await listen('--verbose');
    const text = '{ "event" :"x" }';
    await fetch(url, { method: 'POST', body: text, headers: { 'X-Trace': 'abc' } });
    await run.printed(/\{ "event" :"x" \}/);
    expect(run.output.stdout).toMatch(/x-trace: abc/i);
  });

  it('answers as told, and fails only as often as told', async () => {
    const { url } = await listen('--status', '503', '--fail-first', '2', '--body', 'not now');
    const answers: [number, string][] = [];
    for (let count = 0; count < 3; count += 1) {
      const answer = await fetch(url, { method: 'POST', body });
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers.map(([status]) => status)).toEqual([503, 503, 200]);
    expect(answers[0]?.[1]).toBe('not now');
  });

  it('answers late when told', async () => {
    const { url } = await listen('--delay', '300ms');
    const started = performance.now();
    await fetch(url, { method: 'POST', body });
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  it('does not let what arrives write escape sequences to the terminal', async () => {
    const { run, url } = await listen('--verbose');
    const escapeCharacter = String.fromCharCode(27);
    const payload = { event: `${escapeCharacter}[2Jgone` };
    await fetch(url, { method: 'POST', body: JSON.stringify(payload).replace('\\u001b', escapeCharacter) });
    await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
    await fetch(`${url}/end`, { method: 'POST' });
    await run.printed(/\/end/);
    expect(run.output.stdout).not.toContain(escapeCharacter);
  });
});

it.for([
  ['a scheme without a secret', ['--scheme', 'github'], /--secret/],
  ['an unknown scheme', ['--scheme', 'gitlab', '--secret', 'x'], /github/],
  ['an unknown API', ['hovr'], /hover/],
  ['a status that is none', ['--status', '99'], /status/i],
  ['a delay that is none', ['--delay', 'soon'], /delay/],
] as const)('sparring listen ends with code 2 for %s', async ([, args, message]) => {
  const { code, stderr } = await runSparring(['listen', ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

it('a port in use ends with code 2', async () => {
  const { url } = await listen();
  const { code, stderr } = await runSparring(['listen', '--port', new URL(url).port]);
  expect(stderr).toContain(new URL(url).port);
  expect(code).toBe(2);
});
