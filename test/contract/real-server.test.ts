import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatJson } from '../../src/contract/report/json.ts';
import { formatTerminal } from '../../src/contract/report/terminal/terminal.ts';
import type { ContractOptions } from '../../src/contract/run/run-contract.ts';
import { changed, type Mutation, testBroken } from './broken-server.ts';

const url = 'https://api.example.com/v1';
const account = {
  basic: { username: 'HiveDemoKey000000000000000000000', password: 'HiveDemoSecret000000000000000000' },
};
/** Credentials as a user of the real API would give them. */
const credentials = { basic: `${account.basic.username}:${account.basic.password}` };

/** Notes down which requests arrive. */
function watching(mutation?: Mutation) {
  const requests: string[] = [];
  const watch: Mutation = async (request, respond) => {
    requests.push(`${request.method} ${new URL(request.url).pathname.replace(/^\/hive/, '')}`);
    return mutation ? mutation(request, respond) : respond(request);
  };
  return { requests, watch };
}

const test = (mutation: Mutation, options: ContractOptions = {}) =>
  testBroken({ url, mutation, credentials, now: () => 0, ...options });

describe('a server that is not this machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sparring-ledger-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is only read unless writing is allowed', async () => {
    const { requests, watch } = watching();
    const report = await test(watch);
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.filter((line) => !/^(?:GET|HEAD|OPTIONS) /.test(line))).toEqual([]);
    expect(report.notRun.some(({ reason }) => reason.includes('--write'))).toBe(true);
    expect(report.counts.fatal).toBe(0);
  });

  it('is left without anything that the run created, and nothing else is touched', async () => {
    const created = new Set<string>();
    const touched = new Set<string>();
    const { watch } = watching(async (request, respond) => {
      const response = await respond(request);
      const [, id] = /\/(?:customers|webhooks)\/([0-9a-f-]{36})/.exec(request.url) ?? [];
      if (id !== undefined && request.method !== 'GET' && response.status < 300) touched.add(id);
      if (request.method === 'POST' && response.status === 201) {
        const { id: made } = await response.clone().json();
        if (made !== undefined) created.add(made);
      }
      return response;
    });
    const ledger = join(folder, 'run.jsonl');
    const report = await test(watch, { write: true, ledger, only: ['Customer', 'Webhook'] });
    expect(report.leftovers).toEqual([]);
    expect(report.counts.fatal).toBe(0);
    expect(created.size).toBeGreaterThan(20);
    expect([...touched].filter((id) => !created.has(id))).toEqual([]);

    const lines = readFileSync(ledger, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ids = (kind: string) => lines.filter((line) => line.kind === kind).map(({ id }) => id);
    expect(new Set(ids('created'))).toEqual(created);
    expect(new Set(ids('deleted'))).toEqual(created);
    const first = lines.findIndex(({ kind }) => kind === 'created');
    expect(lines.slice(0, first).some(({ kind, method }) => kind === 'intent' && method === 'POST')).toBe(
      true,
    );
  });

  it('has what could not be deleted listed', async () => {
    const { watch } = watching(async (request, respond) =>
      request.method === 'DELETE' ? new Response(null, { status: 500 }) : respond(request),
    );
    const report = await test(watch, { write: true, only: ['createCustomer/examples'] });
    expect(report.leftovers).toHaveLength(4);
    expect(report.leftovers[0]).toMatchObject({
      collection: 'customers',
      reason: 'deleting it was answered 500',
    });
    expect(formatTerminal(report, { folder: '/' })).toContain('Left behind: 4 records');
  });

  it('is cleaned up when the run is ended in the middle', async () => {
    const controller = new AbortController();
    const alive = new Set<string>();
    const { watch } = watching(async (request, respond) => {
      const response = await respond(request);
      if (request.method === 'POST' && response.status === 201) {
        alive.add((await response.clone().json()).id);
        if (alive.size === 2) controller.abort();
      }
      if (request.method === 'DELETE' && response.status === 200)
        alive.delete((await response.clone().json()).id);
      return response;
    });
    const report = await test(watch, { write: true, signal: controller.signal, only: ['Customer'] });
    expect(report.aborted).toBe(true);
    expect(report.notRun.at(-1)?.reason).toBe('the run was ended before');
    expect([...alive]).toEqual([]);
  });

  it('does not fail the run by what the document only infers, unless asked', async () => {
    const { watch } = watching(async (request, respond) => {
      const response = await respond(request);
      // That reading answers 200 is not documented, but taken to be so.
      return request.url.endsWith('/customers') ? changed(response, { status: 203 }) : response;
    });
    const options = { only: ['listCustomers/examples'] };
    const lenient = await test(watch, options);
    const found = lenient.verdicts.find(
      ({ check, outcome }) => check === 'status-documented' && outcome === 'failed',
    );
    expect(found).toMatchObject({ fatal: true, provenance: 'document' });

    const body = watching(async (request, respond) => {
      const response = await respond(request);
      return request.url.endsWith('/customers')
        ? changed(response, { status: 401, body: () => ({ error: 'none' }) })
        : response;
    });
    const schema = ({ check, outcome }: { check: string; outcome: string }) =>
      check === 'response-schema' && outcome === 'failed';
    expect((await test(body.watch, options)).verdicts.find(schema)).toMatchObject({
      fatal: false,
      provenance: 'default',
    });
    expect((await test(body.watch, { ...options, strict: true })).verdicts.find(schema)).toMatchObject({
      fatal: true,
    });
  });

  it('never has its credentials in a report', async () => {
    const { watch } = watching(async (request, respond) => {
      const response = await respond(request);
      return request.url.endsWith('/token')
        ? changed(response, { body: (value) => ({ ...value, expires_in: 'x' }) })
        : response;
    });
    const report = await test(watch, { only: ['createToken'] });
    const text = formatTerminal(report, { folder: '/' }) + formatJson(report, { folder: '/' });
    expect(text).toContain('-u "$SPARRING_BASIC"');
    expect(text).not.toContain(Buffer.from(credentials.basic).toString('base64'));
    expect(text).not.toContain('HiveDemoSecret');
  });

  it('is not asked for what needs credentials that were not given', async () => {
    const { requests, watch } = watching();
    const report = await test(watch, { credentials: {}, phases: ['examples'] });
    expect(requests.filter((line) => line.includes('/customers'))).toEqual([]);
    expect(report.notRun.find(({ operation }) => operation === 'listCustomers')?.reason).toBe(
      'there are no credentials for bearer',
    );
  });
});
