import { describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { groupFailures } from '../../src/contract/report/content/group-failures.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

type Answer = (request: Request, body: Record<string, unknown>) => Response;

const text = { type: 'string' };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const ok = (schema: object) => ({ description: 'Done.', ...json(schema) });
const bad = { description: 'No.' };

/** A document of one operation whose body has these properties. */
function one(properties: object, more: object = {}, responses: object = { '400': bad }) {
  return {
    openapi: '3.1.0',
    info: { title: 'One', version: '1' },
    paths: {
      '/jobs': {
        post: {
          operationId: 'startJob',
          requestBody: {
            required: true,
            ...json({ type: 'object', required: ['kind'], properties, ...more }),
          },
          responses: { '200': ok({ type: 'object' }), ...responses },
        },
      },
    },
  };
}

async function run(document: object, answer: Answer, options: ContractOptions = {}) {
  const respond = async (request: Request): Promise<Response> => {
    if (!/json/.test(request.headers.get('content-type') ?? 'json'))
      return Response.json({}, { status: 415 });
    const sent: unknown = await request.json().catch(() => undefined);
    const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
    if (!isObject) return Response.json({}, { status: 400 });
    return answer(request, Object.fromEntries(Object.entries(sent)));
  };
  const loaded = await loadDocument({ name: 'one', document });
  return runContract(loaded, fetchTransport(respond, 'http://127.0.0.1:1'), {
    shrink: false,
    // The server is the test's own.
    ownServer: true,
    phases: ['examples', 'positives', 'fuzzing'],
    ...options,
  });
}

describe('a value that only a person knows', () => {
  it.each([
    ['a kind of a fixed set', 404],
    ['a login', 401],
    ['a licence', 403],
    ['what is there already', 409],
    ['a condition of the server', 400],
  ])('%s is no defect, answered %i', async (_, status) => {
    const report = await run(one({ kind: text }), (_request, { kind }) =>
      kind === 'nightly' ? Response.json({}) : Response.json({}, { status }),
    );
    const failed = report.verdicts.filter(
      ({ check, outcome }) => check === 'positive-accepted' && outcome === 'failed',
    );
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.map(({ fatal, grade }) => `${fatal} ${grade}`)).not.toContain('true contract');
    expect(failed[0]?.evidence?.expected).toContain('a value that only a person knows');
  });

  it('an edge that the document draws is one, where others get in', async () => {
    const properties = { kind: text, priority: { type: 'integer', minimum: 1, maximum: 9 } };
    const report = await run(one(properties), (_request, { priority }) =>
      priority === 9 ? Response.json({}, { status: 400 }) : Response.json({}),
    );
    const fatal = report.verdicts.filter((verdict) => verdict.fatal);
    expect(fatal.map(({ case: id }) => id)).toContain(
      'startJob/positives/application/json-body/priority-maximum-9',
    );
  });

  it('a refusal that the document does not know is one', async () => {
    const report = await run(one({ kind: text }, {}, {}), () => Response.json({}, { status: 422 }));
    expect(report.verdicts.some(({ check, fatal }) => fatal && check === 'status-documented')).toBe(true);
  });
});

describe('what servers do by habit', () => {
  const paths = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `/lists/${index}`,
        {
          get: {
            operationId: `list${index}`,
            responses: { '200': ok({ type: 'array' }), '404': ok({ type: 'object' }) },
          },
        },
      ]),
    );
  const document = { openapi: '3.1.0', info: { title: 'Many', version: '1' }, paths: paths(12) };

  it.each([
    ['405 without Allow', () => new Response(null, { status: 405 })],
    ['405 that names too little', () => new Response(null, { status: 405, headers: { allow: 'TRACE' } })],
    [
      '404',
      () => new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
    ],
    ['400', () => Response.json({}, { status: 400 })],
  ])('fails nothing and is told in one entry: %s for methods that are not declared', async (_, refuse) => {
    const answer = async (request: Request) => (request.method === 'GET' ? Response.json([]) : refuse());
    const loaded = await loadDocument({ name: 'many', document });
    const report = await runContract(loaded, fetchTransport(answer, 'http://127.0.0.1:1'), {
      shrink: false,
      ownServer: true,
    });
    expect(report.verdicts.filter(({ fatal }) => fatal)).toEqual([]);
    expect(groupFailures(report).map(({ check, verdicts }) => [check, verdicts.length > 11])).toEqual([
      ['method-not-allowed', true],
    ]);
  });
});
