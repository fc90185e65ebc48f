import type { PlannedRun } from '../contract/execute/contract-run.ts';
import type { Answer, Transport, TransportRequest } from '../contract/execute/transport/transport.ts';
import { undiciTransport } from '../contract/execute/transport/undici-transport.ts';
import { type BaseOptions, baseRequest } from '../contract/plan/requests/base-request.ts';
import { makeCase } from '../contract/plan/requests/make-case.ts';
import { openRun } from '../contract/run/open-run.ts';
import type { Operation } from '../openapi/document/document.ts';
import type { ServedApi } from '../server/model/served-api.ts';
import { findWitnessCauses } from './find-causes.ts';
import type { MutationSubject } from './mutants/mutant.ts';
import type { Script, WitnessRequest } from './mutants/script.ts';
import { standstill, type WitnessWorld } from './witness-world.ts';

/** What was tried out on a healthy mock, and what could not be found. */
export interface Survey {
  readonly subject: MutationSubject;
  /** Operations of which no request was granted. */
  readonly unknown: readonly Operation[];
  /** Events that nothing could be found to cause. */
  readonly silent: readonly string[];
}

/** Finds a granted request for each operation of a healthy mock, and a cause for each event. */
export async function surveyApi(
  world: WitnessWorld,
  api: ServedApi,
  planned: PlannedRun,
  seed: number,
): Promise<Survey> {
  const witnessed = await world.start(api, seed);
  const { mock } = witnessed;
  try {
    const url = `${mock.url}/${api.name}`;
    const scripts: Script[] = [];
    const unknown: Operation[] = [];
    for (const operation of api.document.operations) {
      const script =
        (await findScript(url, planned, operation, { unique: `${operation.id} witness` })) ??
        // Names that a request gives may be those of accounts.
        (await findScript(url, planned, operation, {}));
      if (script) scripts.push(script);
      else unknown.push(operation);
    }
    const { causes, silent } = await findWitnessCauses(world, witnessed, api, scripts);
    const scriptOf = (operation: Operation | undefined) =>
      scripts.find((script) => script.operation === operation);
    return { subject: { api, seed, scripts, scriptOf, causes }, unknown, silent };
  } finally {
    await witnessed.close();
  }
}

/** Calls an operation in a namespace of its own, as the contract kit would, and keeps what was sent. */
async function findScript(
  url: string,
  planned: PlannedRun,
  operation: Operation,
  how: BaseOptions,
): Promise<Script | undefined> {
  const { context } = planned;
  const recorder = await recordingTransport(url);
  const namespace = `survey-${context.document.operations.indexOf(operation)}`;
  const now = () => Date.parse(standstill);
  const run = await openRun(planned, recorder, { namespace, now, ownServer: true });
  recorder.sent.length = 0;
  try {
    const base = baseRequest(context, operation, how);
    const probe = makeCase(context, {
      operation,
      phase: 'examples',
      what: 'witness',
      title: 'a witness',
      base,
      expect: 'any',
    });
    const [made] = (await run.execute([probe])).runs;
    const exchange = made?.exchanges.findLast(({ role }) => role === 'step');
    const { response } = exchange ?? {};
    const index = exchange ? recorder.sent.indexOf(exchange.request) : -1;
    const request = recorder.sent[index];
    if (!response || response.status >= 400 || !request) return undefined;
    return {
      operation,
      before: recorder.sent.slice(0, index).map((each) => witnessOf(url, each)),
      request: witnessOf(url, request),
      answer: { status: response.status, headers: response.headers, body: response.text },
    };
  } finally {
    await run.close();
    await recorder.close();
  }
}

function witnessOf(url: string, { body, headers, method, url: address }: TransportRequest): WitnessRequest {
  return {
    method,
    path: address.slice(new URL(url).origin.length),
    headers,
    body: body === undefined || typeof body === 'string' ? body : Buffer.from(body).toString('latin1'),
  };
}

async function recordingTransport(url: string): Promise<Transport & { readonly sent: TransportRequest[] }> {
  const inner = await undiciTransport(url);
  const sent: TransportRequest[] = [];
  return {
    url: inner.url,
    sent,
    send(request): Promise<Answer> {
      sent.push(request);
      return inner.send(request);
    },
    close: () => inner.close(),
  };
}
