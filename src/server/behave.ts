import type { RequestInput } from '../openapi/request/validate-request.ts';
import type { BehaviourContext, Principal } from '../providers/provider.ts';
import { andThen } from './and-then.ts';
import { buildAnswer } from './answer.ts';
import { type ApiRequest, type ApiResponse, headerOf } from './api-message.ts';
import { callBack } from './emission/call-back.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedApi } from './served-api.ts';
import type { ServedNamespace } from './served-namespace.ts';

/** A request that was found, authenticated and validated. */
export interface Call {
  readonly served: ServedNamespace;
  readonly plan: OperationPlan;
  readonly request: ApiRequest;
  readonly input: RequestInput;
  readonly principal: Principal | undefined;
}

/**
 * Runs an operation's behaviour and builds its answer within one unit of work, so that an answer that breaks the document
 * leaves no trace.
 */
export function behave(api: ServedApi, call: Call): ApiResponse | Promise<ApiResponse> {
  const { input, plan, principal, request, served } = call;
  const { behaviour } = plan;
  if (!behaviour) throw new TypeError(`${plan.operation.id} has no behaviour.`);
  return served.namespace.run(api.name, (unit) => {
    const context: BehaviourContext = {
      api: api.document,
      unit,
      settings: api.settings,
      tokens: api.tokens,
      operation: plan.operation,
      path: input.path,
      query: input.query,
      headers: input.headers,
      body: input.body,
      authorization: headerOf(request.headers, 'authorization'),
      principal,
    };
    return andThen(behaviour(context), (result) => {
      const response = buildAnswer(api, plan, request, result);
      if (plan.callsBack) callBack(api, unit, { plan, request, input, response }, served.emitter.admits);
      return response;
    });
  });
}
