import { describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

const answered = {
  '200': { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } },
  default: { description: 'Not.', content: { 'application/json': { schema: { type: 'array' } } } },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const document = await loadDocument({
  name: 'shelf',
  document: {
    openapi: '3.1.0',
    info: { title: 'Shelf', version: '1' },
    paths: {
      '/books': { get: { operationId: 'listBooks', responses: answered } },
      '/books/{id}': {
        put: { operationId: 'putBook', parameters: [id], responses: answered },
        delete: { operationId: 'deleteBook', parameters: [id], responses: answered },
      },
      '/books/newest': { get: { operationId: 'newestBook', responses: answered } },
    },
  },
});

/** A server that answers its own methods, and all others as it is told. */
async function testShelf(refuse: (request: Request) => Response) {
  const declared = { '/books': ['GET'], '/books/newest': ['GET', 'PUT', 'DELETE'] };
  const answer = (request: Request) => {
    const { pathname } = new URL(request.url);
    const methods = Object.entries(declared).find(([path]) => path === pathname)?.[1] ?? ['PUT', 'DELETE'];
    return methods.includes(request.method) ? Response.json({}) : refuse(request);
  };
  const options = { phases: ['methods'] as const, ownServer: true };
  const report = await runContract(document, fetchTransport(answer, 'http://127.0.0.1:1'), options);
  return report.verdicts
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ case: name, check, grade }) => `${check} ${grade} ${name}`);
}

const allow = { allow: 'GET, PUT, DELETE' };

describe('methods that a path does not have', () => {
  it('are each tried once, but for those of a template that meets the path too', () => {
    const { cases } = makePlan(document, { phases: ['methods'] });
    expect(cases.map((each) => each.id.replace('/methods/', ' '))).toEqual([
      ...['PATCH', 'PUT', 'DELETE', 'POST', 'HEAD', 'OPTIONS', 'accept'].map((what) => `listBooks ${what}`),
      ...['PATCH', 'POST', 'GET', 'HEAD', 'OPTIONS'].map((what) => `putBook ${what}`),
      ...['PATCH', 'POST', 'HEAD', 'OPTIONS', 'accept'].map((what) => `newestBook ${what}`),
    ]);
  });

  it('raise no alarm where they are refused, not known at all, or answered as HTTP has it', async () => {
    expect(await testShelf(() => new Response(null, { status: 405, headers: allow }))).toEqual([]);
    expect(await testShelf(() => new Response(null, { status: 501, headers: allow }))).toEqual([]);
    const polite = (request: Request) =>
      /HEAD|OPTIONS/.test(request.method)
        ? new Response(null, { status: 200 })
        : new Response(null, { status: 405, headers: allow });
    expect(await testShelf(polite)).toEqual([]);
  });

  it('are only noted where frameworks answer them as others, and fail the run where they do something', async () => {
    const failures = await testShelf(() => Response.json({}));
    expect(failures).toContain('method-not-allowed rfc listBooks/methods/DELETE');
    expect(failures).toContain('method-not-allowed convention putBook/methods/PATCH');
    expect(failures).toContain('method-not-allowed convention putBook/methods/GET');
  });
});

describe('an answer that nobody can give', () => {
  it('may be refused in any form', async () => {
    const answer = (request: Request) =>
      request.headers.get('accept') === 'application/x-sparring'
        ? new Response('no', { status: 406, headers: { 'content-type': 'text/plain' } })
        : new Response(null, { status: 405, headers: allow });
    const options = { phases: ['methods'] as const };
    const report = await runContract(document, fetchTransport(answer, 'http://127.0.0.1:1'), options);
    expect(report.verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});
