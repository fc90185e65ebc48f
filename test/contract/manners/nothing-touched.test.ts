import { afterEach, describe, expect, it } from 'vitest';
import { compareServers } from '../../../src/contract/compare/compare-servers.ts';
import { undiciTransport } from '../../../src/contract/execute/transport/undici-transport.ts';
import { formatGithub } from '../../../src/contract/report/github.ts';
import { formatHtml } from '../../../src/contract/report/html/html.ts';
import { formatJson } from '../../../src/contract/report/json.ts';
import { formatJunit } from '../../../src/contract/report/junit.ts';
import { formatSarif } from '../../../src/contract/report/sarif.ts';
import { formatTerminal } from '../../../src/contract/report/terminal/terminal.ts';
import { formatVitest } from '../../../src/contract/report/vitest.ts';
import { loadDocument } from '../../../src/openapi/load/load-document.ts';
import {
  type Answer,
  type Asked,
  documentOf,
  json,
  nothing,
  type Stranger,
  startStranger,
  testStranger,
} from './strangers.ts';

const note = { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } };
const wholes = documentOf({
  'GET /notes': { operationId: 'listNotes', responses: { 200: json({ type: 'array', items: note }) } },
  'DELETE /notes': { operationId: 'deleteAllNotes', responses: { 204: nothing } },
  'PATCH /notes': {
    operationId: 'patchAll',
    requestBody: json(note),
    responses: { 200: json({ type: 'object' }) },
  },
  'POST /system/shutdown': { operationId: 'shutdown', responses: { 204: nothing } },
  'POST /messages': { operationId: 'write', requestBody: json(note), responses: { 201: json(note) } },
  'PUT /settings': { operationId: 'putSettings', requestBody: json(note), responses: { 200: json(note) } },
});
const wholeServer = ({ method, path }: Asked): Answer =>
  method === 'GET' && path === '/notes' ? [200, [{ id: 1, text: 'mine' }]] : [404, {}];

const environment = {
  type: 'object',
  required: ['name', 'on'],
  properties: { name: { type: 'string' }, on: { type: 'boolean' } },
};
const environments = documentOf({
  'GET /environments': {
    operationId: 'listEnvironments',
    responses: { 200: json({ type: 'array', items: environment }) },
  },
  'GET /environments/{name}': {
    operationId: 'getEnvironment',
    responses: { 200: json(environment), 404: nothing },
  },
  'POST /environments/{name}/off': { operationId: 'switchOff', responses: { 204: nothing, 404: nothing } },
  'PUT /environments/{name}': {
    operationId: 'put',
    requestBody: json(environment),
    responses: { 200: json(environment) },
  },
  'DELETE /environments/{name}/cache': { operationId: 'clear', responses: { 204: nothing } },
});
const environmentServer = ({ method, path }: Asked): Answer => {
  const production = { name: 'production', on: true };
  if (method !== 'GET') return /production/.test(path) ? [204] : [404, {}];
  if (path === '/environments') return [200, [production]];
  return path === '/environments/production' ? [200, production] : [404, {}];
};

describe('a server that the run did not start', () => {
  let stranger: Stranger | undefined;
  afterEach(() => stranger?.close());

  it('is not sent what is about no single record, is a process, or reaches people, and the report says so in all formats', async () => {
    stranger = await startStranger(wholeServer);
    const report = await testStranger(stranger, wholes);
    expect(stranger.writes).toEqual([]);
    expect(new Set(report.leftOut?.map(({ request }) => request))).toEqual(
      new Set(['DELETE /notes', 'PATCH /notes', 'POST /system/shutdown', 'POST /messages', 'PUT /settings']),
    );
    const formats = [
      formatTerminal,
      formatJson,
      formatHtml,
      formatJunit,
      formatSarif,
      formatGithub,
      formatVitest,
    ];
    for (const format of formats) {
      const text = format(report, { folder: '/' });
      expect(text, format.name).toContain('POST /system/shutdown');
      expect(text, format.name).toContain('--dangerous');
    }
  });

  it('is sent what is allowed by name, and no more', async () => {
    stranger = await startStranger(wholeServer);
    await testStranger(stranger, wholes, { allow: ['deleteAllNotes'] });
    expect(new Set(stranger.writes)).toEqual(new Set(['DELETE /notes']));
  });

  it('is sent all of it by --dangerous', async () => {
    stranger = await startStranger(wholeServer);
    await testStranger(stranger, wholes, { dangerous: true, allowLeftovers: true });
    expect(stranger.writes).toContain('POST /system/shutdown');
    expect(stranger.writes).toContain('PATCH /notes');
  });

  it('has no record touched that was there before, whatever is allowed, also not to find out which is good for what', async () => {
    stranger = await startStranger(environmentServer);
    const report = await testStranger(stranger, environments, {
      dangerous: true,
      exclusive: true,
      allowLeftovers: true,
    });
    expect(stranger.writes.filter((line) => line.includes('production'))).toEqual([]);
    expect(report.notRun.find(({ operation }) => operation === 'switchOff')?.reason).toBe(
      'the run did not create this one of environments',
    );
  });

  it('is left alone by a comparison in the same way', async () => {
    stranger = await startStranger((asked) =>
      /environments/.test(asked.path) ? environmentServer(asked) : wholeServer(asked),
    );
    const transport = await undiciTransport(stranger.url);
    for (const document of [wholes, environments]) {
      const side = { transport };
      await compareServers(await loadDocument({ name: 'stranger', document }), { left: side, right: side });
    }
    await transport.close();
    expect(stranger.writes.filter((line) => !/sparring-absent/.test(line))).toEqual([]);
  });
});

describe('a thing of which there is one', () => {
  let stranger: Stranger | undefined;
  afterEach(() => stranger?.close());

  it.each(['put', 'patch'])('is read before it is written by %s, and put back', async (method) => {
    const settings = { type: 'object', properties: { theme: { type: 'string' }, size: { type: 'integer' } } };
    let now: object = { theme: 'dark', size: 7 };
    stranger = await startStranger(({ body, method: asked }) => {
      if (asked === 'GET') return [200, now];
      if (asked !== method.toUpperCase() || typeof body !== 'object' || body === null || Array.isArray(body))
        return [400, {}];
      now = method === 'put' ? body : { ...now, ...body };
      return [200, now];
    });
    const document = documentOf({
      'GET /settings': { operationId: 'read', responses: { 200: json(settings) } },
      [`${method.toUpperCase()} /settings`]: {
        operationId: 'write',
        requestBody: { required: true, ...json(settings) },
        responses: { 200: json(settings), 400: nothing },
      },
    });
    const report = await testStranger(stranger, document, { allow: ['write'] });
    expect(stranger.writes.length).toBeGreaterThan(3);
    expect(now).toEqual({ theme: 'dark', size: 7 });
    expect(report.leftovers).toEqual([]);
  });
});
