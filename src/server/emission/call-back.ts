import { fillTemplate } from '../../openapi/expressions/fill-template.ts';
import type { ExpressionContext } from '../../openapi/expressions/runtime-expression.ts';
import type { RequestInput } from '../../openapi/request/prepare-request.ts';
import { callbackPayload } from '../../openapi/webhooks/webhook-payload.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { ApiRequest, ApiResponse } from '../message/api-message.ts';
import type { Admits } from '../model/admits.ts';
import type { OperationPlan } from '../model/operation-plan.ts';
import type { ServedApi } from '../model/served-api.ts';
import { unitContext } from './emission-context.ts';
import { emissionPlanOf } from './emission-plan.ts';
import { makeDelivery, type Occurrence, occur, subscribersOf } from './make-deliveries.ts';

/** An operation that succeeded, with its answer. */
export interface AnsweredCall {
  readonly plan: OperationPlan;
  readonly request: ApiRequest;
  readonly input: RequestInput;
  readonly response: ApiResponse;
}

/**
 * Adds to a unit what a success of an operation fires: the webhooks its `emits` names, and its callbacks, with the record
 * the unit wrote, or else the answer, as their entity. A callback whose URL has no value, or is none, is not made.
 *
 * @throws SparringError `answer-invalid` for a payload that breaks the document.
 */
export function callBack(api: ServedApi, unit: CommittingUnit, call: AnsweredCall, admits: Admits): void {
  if (call.response.status < 200 || call.response.status > 299) return;
  const plan = emissionPlanOf(api);
  const { operation } = call.plan;
  const facts = { ...unitContext(api, unit), ...callFacts(call) };
  for (const rule of plan.emitsOfOperation(operation)) {
    const { event, payload = '$response.body' } = rule.extension;
    if (!rule.holds({ before: null, after: facts.response?.body ?? null, settings: api.settings })) continue;
    const occurrence = occur(plan, unit, { event, payload }, facts);
    for (const recipient of subscribersOf(api, unit, occurrence))
      makeDelivery(api, unit, occurrence, recipient, admits);
  }
  for (const definition of plan.callbacksOf(operation)) {
    const url = fillTemplate(definition.url, facts);
    if (typeof url !== 'string' || !URL.canParse(url)) continue;
    const entity = writtenRecord(unit) ?? facts.response?.body;
    const payload = callbackPayload(api.document, api.validators, definition, entity);
    const { event } = definition;
    const occurrence: Occurrence = { event, entry: null, definition, payloadFor: () => payload, facts };
    makeDelivery(
      api,
      unit,
      occurrence,
      { url, secrets: [], rule: undefined, subscription: undefined },
      admits,
    );
  }
}

function callFacts({ input, plan, request, response }: AnsweredCall): ExpressionContext {
  return {
    url: `${request.baseUrl}${request.url}`,
    method: plan.operation.method.toUpperCase(),
    statusCode: response.status,
    request: { headers: request.headers, query: input.query, path: input.path, body: input.body },
    response: { headers: response.headers, body: jsonOf(response) },
  };
}

function jsonOf({ body }: ApiResponse): unknown {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The record a unit wrote, where it wrote exactly one. */
function writtenRecord(unit: CommittingUnit): unknown {
  const [first, ...others] = unit.changes();
  return others.length === 0 ? first?.after?.value : undefined;
}
