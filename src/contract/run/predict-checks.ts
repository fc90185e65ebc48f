import { objectOrEmpty } from '../../json/is-object.ts';
import type { Operation, ResponseDefinition } from '../../openapi/document/document.ts';
import { findResponse } from '../../openapi/document/find-response.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { seededSource } from '../../openapi/sample/seeded-source.ts';
import { receivedResponse } from '../execute/transport/transport.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { Check } from '../model/check.ts';
import type { CaseExchange, ReceivedResponse } from '../model/exchange.ts';
import type { Expectation, Step } from '../model/step.ts';
import type { PlanContext } from '../plan/requests/plan-context.ts';

/** Statuses that fit an expectation, the most usual first. */
const fitting: Readonly<Record<Exclude<Expectation, 'accepted' | 'any'>, readonly number[]>> = {
  refused: [400, 422],
  unauthenticated: [401],
  forbidden: [403],
  'method-refused': [405],
  'media-type-refused': [415],
  gone: [404, 410],
  absent: [404, 410],
};

/** The checks that have something to say of cases, as far as that can be told before anything is sent. */
export function predictChecks(
  context: PlanContext,
  checks: readonly Check[],
  cases: readonly Case[],
): readonly Check[] {
  const runs = cases.map((planned) => predictRun(context, planned));
  const judging = { ...context, isLoopback: true, exclusive: true };
  return checks.filter(
    ({ judge, judgeAll, phases }) =>
      runs.some((run) => (!phases || phases.includes(run.case.phase)) && judge(run, judging).length > 0) ||
      (judgeAll?.(runs, judging) ?? []).length > 0,
  );
}

/**
 * What a case would look like on a server that answers as the document shows. Nothing is sent: it is for finding out
 * beforehand which checks have something to say of the case.
 */
function predictRun(context: PlanContext, planned: Case): CaseRun {
  const exchanges = planned.steps.map((step): CaseExchange => {
    const { method } = step.request;
    return {
      role: 'step',
      step,
      operation: step.operation,
      expect: step.expect,
      sent: step.request,
      request: { method, url: step.operation.path, headers: {}, body: undefined, secrets: [] },
      response: answerOf(context, step),
      failure: undefined,
    };
  });
  const saved = planned.steps.flatMap(({ saveAs }, index): [string, unknown][] =>
    saveAs === undefined ? [] : [[saveAs, objectOrEmpty(exchanges[index]?.response?.json?.value)]],
  );
  return { case: planned, exchanges, bindings: Object.fromEntries(saved), notRun: undefined };
}

function answerOf(context: PlanContext, { expect, operation }: Step): ReceivedResponse {
  const { declared, status } = statusFor(operation, expect);
  const [mediaType] = declared?.mediaTypes ?? [];
  const { schema } = mediaType ?? {};
  const source = seededSource(context.seed, operation.id, status);
  const value =
    schema === undefined
      ? {}
      : sample(context.document, schema, source, 'body', { full: true, validators: context.validators });
  const body = mediaType ? Buffer.from(JSON.stringify(value) ?? 'null') : new Uint8Array();
  return receivedResponse(status, mediaType ? [['content-type', mediaType.name]] : [], body);
}

function statusFor(
  operation: Operation,
  expect: Expectation,
): { readonly status: number; readonly declared: ResponseDefinition | undefined } {
  if (expect === 'accepted' || expect === 'any') {
    const declared = operation.responses.find(({ status }) => /^[23]/.test(status));
    return { status: Number(declared?.status.replaceAll('X', '0') ?? 200), declared };
  }
  const statuses = fitting[expect];
  const [usual = 400] = statuses;
  const status = statuses.find((each) => findResponse(operation, each)) ?? usual;
  return { status, declared: findResponse(operation, status) };
}
