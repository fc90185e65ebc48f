import { SparringError } from '../errors.ts';
import type { BehaviourContext } from '../providers/model/provider.ts';
import { buildAnswer } from './answers/build-answer.ts';
import { callBack } from './emission/call-back.ts';
import { andThen } from './message/and-then.ts';
import { type ApiResponse, headerOf } from './message/api-message.ts';
import type { Call } from './model/call.ts';
import type { ServedApi } from './model/served-api.ts';

const mended = 'what was inferred breaks the document, and was mended; see sparring-notes in its answers.';

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
      mediaType: input.mediaType?.name,
      authorization: headerOf(request.headers, 'authorization'),
      principal,
    };
    return andThen(behaviour(context), (result) => {
      if (call.leavesNothing && unit.isChanged) throw changesNothing();
      const response = buildAnswer(api, plan, request, result);
      if (response.headers['sparring-notes']?.includes('answer'))
        served.tellOnce(`${api.name}, ${plan.operation.id}: ${mended}`);
      if (plan.callsBack) callBack(api, unit, { plan, request, input, response }, served.emitter.admits);
      return response;
    });
  });
}

function changesNothing(): SparringError {
  return new SparringError(
    'origin-refused',
    'A page of another site asked for this without credentials, and it would change something.',
    { next: 'Call it from a terminal or a test, from a page with fetch, or with credentials.' },
  );
}
