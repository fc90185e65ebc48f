import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { formatTerminal } from '../../src/contract/report/terminal/terminal.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { writeDocument } from '../openapi/inline-document.ts';

/** A server of things and numbers, and what it was asked. */
function things() {
  const asked: string[] = [];
  const kept = new Set<string>();
  let last = 0;
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    asked.push(`${request.method} ${pathname}`);
    const [, kind, id = ''] = pathname.split('/');
    if (kind === 'stats' && request.method === 'GET') return Response.json(['a', 1]);
    if (kind !== 'things') return new Response(null, { status: 404 });
    if (request.method === 'POST' && id === '') {
      if (!/^application\/json/.test(request.headers.get('content-type') ?? 'application/json'))
        return new Response(null, { status: 415 });
      const sent: unknown = await request.json().catch(() => undefined);
      if (typeof sent !== 'object' || sent === null || !('n' in sent) || typeof sent.n !== 'string')
        return Response.json({}, { status: 400 });
      const made = `t${++last}`;
      kept.add(made);
      return Response.json({ ...sent, id: made }, { status: 201 });
    }
    if (id !== '' && kept.has(id) && request.method === 'DELETE') {
      kept.delete(id);
      return new Response(null, { status: 204 });
    }
    if (id !== '')
      return Response.json({}, { status: kept.has(id) ? 405 : 404, headers: { allow: 'DELETE' } });
    return Response.json({}, { status: 405, headers: { allow: 'POST' } });
  };
  return { asked, kept, transport: fetchTransport(answer, 'http://127.0.0.1:1') };
}

/** A document of Swagger 2.0 whose statistics have the given schema. */
const swagger = (stats: string, parameter = '{ name: since, in: query, type: string }') => `swagger: '2.0'
info: { title: Things, version: '1' }
consumes: [application/json]
produces: [application/json]
paths:
  /things:
    post:
      operationId: createThing
      parameters: [{ in: body, name: b, required: true, schema: { $ref: '#/definitions/New' } }]
      responses: { '201': { description: ok, schema: { $ref: '#/definitions/Thing' } }, '400': { description: bad } }
  /things/{id}:
    delete:
      operationId: deleteThing
      responses: { '204': { description: gone }, '404': { description: none } }
  /stats:
    get:
      operationId: stats
      parameters: [${parameter}]
      responses:
        '200': { description: ok, schema: ${stats} }
definitions:
  New: { type: object, required: [n], properties: { n: { type: string } } }
  Thing: { type: object, required: [id], properties: { id: { type: string }, n: { type: string } } }
`;

async function tested(text: string) {
  const file = writeDocument('strange.yaml', text);
  const server = things();
  const report = await runContract(await loadDocument(file), server.transport, { shrink: false });
  return { file, report, server };
}

describe('a document with a fault', () => {
  it.each([
    ['a list for items', '{ type: array, items: [{ type: string }, { type: integer }] }'],
    ['a type that there is not', '{ type: array, items: { type: strng } }'],
    ['a keyword of a wrong value', '{ type: array, minItems: many }'],
    ['a pattern that is none', "{ type: array, items: { type: string, pattern: '(' } }"],
    ['a schema that is text', '{ type: array, items: text }'],
    ['allOf that is an object', '{ allOf: { type: array } }'],
  ])('is tested in all that is right: %s', async (_, stats) => {
    const { file, report, server } = await tested(swagger(stats));
    expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
    expect(report.notices.filter((notice) => notice.startsWith(`${file}:`))).not.toEqual([]);
    expect(new Set(report.notices).size).toBe(report.notices.length);
    const passed = new Set(report.verdicts.map(({ check, operation }) => `${operation} ${check}`));
    expect(passed).toContain('createThing positive-accepted');
    expect(passed).toContain('deleteThing status-documented');
    expect(server.kept).toEqual(new Set());
    expect(formatTerminal(report, { folder: process.cwd() })).toContain(`Note: ${file}:`);
  });

  it('sends nothing to the operation whose parameters nobody can read, and says so', async () => {
    const { file, report, server } = await tested(
      swagger('{ type: array }', '{ name: since, in: query, type: string, minLength: many }'),
    );
    expect(server.asked.filter((line) => line.endsWith('/stats'))).toEqual([]);
    expect(report.gaps.find(({ operation }) => operation === 'stats')?.reason).toContain(
      `nobody can say what stats takes: ${basename(file)}:18:20: `,
    );
    expect(report.verdicts.some(({ operation }) => operation === 'createThing')).toBe(true);
  });

  it('is not named where nothing is wrong', async () => {
    const { report } = await tested(swagger('{ type: array }'));
    expect(report.notices.filter((notice) => /compiled|type/.test(notice))).toEqual([]);
  });
});
