import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runSparring } from '../run-sparring.ts';

const parcels = fileURLToPath(new URL('../../e2e/webhook-commands/parcels.yaml', import.meta.url));

const webhooks = fileURLToPath(new URL('../documents/callback.yaml', import.meta.url));

describe('sparring events', () => {
  it('lists the events of every bundled API', async () => {
    const { code, stdout } = await runSparring(['events']);
    expect(stdout).toMatch(/hive +check\.completed +A check went/);
    expect(stdout).toMatch(/hover +job-state-changed /);
    expect(code).toBe(0);
  });

  it('says whether there is an example and how each is delivered', async () => {
    const { stdout } = await runSparring(['events', parcels]);
    expect(stdout).toMatch(
      /parcel\.sent +A parcel was sent +.*(yes|light).*2xx.*2 s.*100 ms, 200 ms.*github/,
    );
    expect(stdout).toMatch(/parcel\.lost +A parcel was lost .*1 h, 2 d/);
  });

  it('shows one: fields, example, headers, delivery', async () => {
    const { code, stdout } = await runSparring(['events', parcels, 'parcel.sent']);
    for (const part of [
      'weight',
      'integer',
      'required',
      '"note": "Tea"',
      'X-Event',
      'X-Hub-Signature-256',
      '100 ms',
    ])
      expect(stdout).toContain(part);
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const all = JSON.parse((await runSparring(['events', parcels, '--json'])).stdout);
    expect(all).toMatchObject([
      { api: 'parcels', event: 'parcel.sent', examples: ['light', 'heavy'], contentType: 'application/json' },
      { event: 'parcel.lost' },
    ]);
    const one = JSON.parse((await runSparring(['events', parcels, 'parcel.sent', '--json'])).stdout);
    expect(one).toMatchObject({
      schema: { required: ['id', 'event', 'weight'] },
      delivery: { schedule: [100, 200] },
    });
  });

  it('lists callbacks too, with the address each goes to', async () => {
    const { stdout } = await runSparring(['events', webhooks]);
    expect(stdout).toMatch(/subscribe\/onData .*callback to \{\$request\.query\.callbackUrl\}\/data/);
    const shown = JSON.parse((await runSparring(['events', webhooks, 'subscribe/onData', '--json'])).stdout);
    expect(shown).toMatchObject({ event: 'subscribe/onData', callback: '{$request.query.callbackUrl}/data' });
  });

  it.for([
    ['an unknown API, with the nearest', ['hovr'], /hover/],
    ['an unknown event, with the nearest', [parcels, 'parcel.snt'], /parcel\.sent/],
  ] as const)('ends with code 2 for %s', async ([, args, message]) => {
    const { code, stderr } = await runSparring(['events', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
