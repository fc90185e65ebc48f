import { fetchTransport } from '../../src/contract/execute/transport/transport.ts';
import type { RunReport } from '../../src/contract/model/run-report.ts';
import { type ContractOptions, runContract } from '../../src/contract/run/run-contract.ts';
import { createMock } from '../../src/index.ts';
import { findApi } from '../../src/openapi/load/bundled-apis.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

type Respond = (request: Request) => Promise<Response>;

/** Stands between the run and a mock: passes requests on, and may change them or their answers. */
export type Mutation = (request: Request, respond: Respond) => Promise<Response>;

interface Broken extends ContractOptions {
  /** Name of a bundled API, or path of a document. */
  readonly api?: string;
  readonly mutation?: Mutation;
  /** What the server seems to be; default: the mock that it is. */
  readonly url?: string;
}

/** Runs the contract of an API against its mock with one thing broken in it; without a mutation, against the healthy mock. */
export async function testBroken({
  api = 'hive',
  mutation,
  url,
  ...options
}: Broken = {}): Promise<RunReport> {
  const document = await loadDocument(findApi(api));
  const mock = await createMock({ apis: [api], port: 0, now: '2026-01-01T00:00:00Z' });
  const base = mock.apis[0]?.url ?? mock.url;
  const respond: Respond = (request) => fetch(request, { redirect: 'manual' });
  const answer = async (request: Request) => {
    const inside = url === undefined ? request : new Request(request.url.replace(url, base), request);
    const isOwn = !new URL(request.url).pathname.startsWith('/_sparring');
    return mutation && isOwn ? mutation(inside, respond) : respond(inside);
  };
  try {
    return await runContract(document, fetchTransport(answer, url ?? base), {
      shrink: false,
      ownServer: url === undefined,
      ...options,
    });
  } finally {
    await mock.close();
  }
}

/** The answer with another status, body or header fields. */
export async function changed(
  response: Response,
  change: {
    readonly status?: number;
    readonly body?: (value: Json) => Json;
    readonly headers?: Record<string, string>;
  },
): Promise<Response> {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value);
  headers.delete('content-length');
  const text = await response.text();
  const body = change.body && text !== '' ? JSON.stringify(change.body(JSON.parse(text))) : text;
  const status = change.status ?? response.status;
  return new Response(status === 204 || body === '' ? null : body, { status, headers });
}

export type Json = ReturnType<typeof JSON.parse>;

/** Ids of the checks that failed, once each. */
export function failedChecks(report: RunReport, onlyFatal = true): readonly string[] {
  const failures = report.verdicts.filter(({ fatal, outcome }) => (onlyFatal ? fatal : outcome === 'failed'));
  return [...new Set(failures.map(({ check }) => check))];
}
