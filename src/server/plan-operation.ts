import type { Problem } from '../errors.ts';
import { prepareAnswerCheck } from '../openapi/answer/check-answer.ts';
import type { Operation } from '../openapi/document/document.ts';
import { successSchema } from '../openapi/document/success-schema.ts';
import { prepareRequest } from '../openapi/request/prepare-request.ts';
import { forgivingValidators } from '../openapi/schema/forgiving-validators.ts';
import type { Behaviour } from '../providers/model/provider.ts';
import { createActionBehaviour } from './actions/create-action-behaviour.ts';
import { issueToken, tokenErrorBody } from './actions/issue-token.ts';
import { createOpenBehaviour } from './actions/open/create-open-behaviour.ts';
import { completeAnswer } from './answers/complete-answer.ts';
import { declaredErrorBody } from './answers/declared-error-body.ts';
import { mendInferred } from './answers/mend-inferred.ts';
import type { OperationPlan } from './model/operation-plan.ts';
import type { ServedApi } from './model/served-api.ts';
import { schemaPreparation } from './schema-preparation.ts';

export function planOperation(api: ServedApi, operation: Operation): OperationPlan {
  return {
    operation,
    prepare: schemaPreparation(api, operation),
    request: prepareRequest(api.document, api.validators, operation),
    answer: prepareAnswerCheck(api.document, api.validators, operation),
    behaviour: behaviourOf(api, operation),
    complete: completionOf(api, operation),
    isLenient: !api.provider?.behaviours[operation.id] && api.model.actionOf(operation)?.open !== undefined,
    callsBack: operation.definition.callbacks !== undefined || operation.extension.emits !== undefined,
    errorStatus: (problem) => errorStatus(api, operation, problem),
    errorBody: (status, facts) =>
      tokenErrorBody(api.document, operation, status, facts) ??
      declaredErrorBody(api, operation, status, facts),
  };
}

function behaviourOf(api: ServedApi, operation: Operation): Behaviour | undefined {
  const own = api.provider?.behaviours[operation.id];
  if (own) return own;
  if (operation.extension.action === 'token') return issueToken;
  const action = api.model.actionOf(operation);
  if (!action) return undefined;
  const { document, model, records: maker } = api;
  const validators = forgivingValidators(api.validators);
  if (!action.open) return createActionBehaviour(document, model, action);
  const kept = action.resource.open ?? unknownKind;
  return createOpenBehaviour({ document, model, action, open: action.open, kept, validators, maker });
}

/** What a resource is of which no operation tells anything. */
const unknownKind = { kind: 'collection', idAt: ['id'], idSchemas: [], isCreated: true } as const;

function completionOf(api: ServedApi, operation: Operation): OperationPlan['complete'] {
  if (api.provider?.behaviours[operation.id]) return undefined;
  if (operation.extension.action === 'token') {
    const answer = successSchema(operation);
    return answer === undefined || api.document.extension.credentials
      ? undefined
      : (body) => completeAnswer(api, answer, body);
  }
  const { open, provenance, schema } = api.model.actionOf(operation) ?? {};
  if (open)
    return schema === undefined
      ? undefined
      : (body, notes) => mendInferred(api, operation, schema, body, notes);
  if (provenance !== 'inferred' || schema === undefined) return undefined;
  return (body) => completeAnswer(api, schema, body);
}

/** The provider's status for the code, else for invalid input what was asked for, or the operation's 422 or 400 (whichever it declares, 422 first), else the table's. */
function errorStatus(api: ServedApi, operation: Operation, problem: Problem): number {
  const own = api.document.extension.errors?.statuses?.[problem.code];
  if (own !== undefined) return own;
  if (problem.code !== 'invalid-request') return problem.status;
  if (api.invalidStatus !== undefined) return api.invalidStatus;
  return operation.responses.some(({ status }) => status === '422') ? 422 : 400;
}
