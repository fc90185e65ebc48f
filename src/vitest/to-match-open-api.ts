import { excerpt, failedFinding, passedFinding } from '../contract/checks/judging/findings.ts';
import { errorBody } from '../contract/checks/requests/error-body.ts';
import { mediaType } from '../contract/checks/requests/media-type.ts';
import { responseHeaders } from '../contract/checks/requests/response-headers.ts';
import { responseSchema } from '../contract/checks/requests/response-schema.ts';
import type { CaseRun } from '../contract/model/case-run.ts';
import type { Check } from '../contract/model/check.ts';
import type { CaseExchange } from '../contract/model/exchange.ts';
import { groupFailures } from '../contract/report/content/group-failures.ts';
import { safeOutcome, secretScrubber } from '../contract/report/content/safe-report.ts';
import { judge } from '../contract/run/judge.ts';
import { pointerTo } from '../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../openapi/document/document.ts';
import { findResponse } from '../openapi/document/find-response.ts';
import { ContractFailure } from './contract-failure.ts';
import { findOperation, operationNamed } from './find-operation.ts';
import { type ObservedMessage, observedMessage } from './observed-message.ts';
import { chosenOpenApi, loadOpenApi, type OpenApiChoice } from './open-api.ts';

/** Stricter than the run's own check: whoever asserts an answer means that it is documented. */
const statusDeclared: Check = {
  id: 'status-documented',
  grade: 'contract',
  rule: 'An answer has a status that the document declares for its operation.',
  blindTo: 'Whether the status is the right one.',
  judge: ({ exchanges: [exchange] }) => {
    if (!exchange?.response) return [];
    const { operation, response } = exchange;
    const pointer = pointerTo(operation.pointer, 'responses');
    if (findResponse(operation, response.status)) return [passedFinding(0, [pointer])];
    const declared = operation.responses.map(({ status }) => status).join(', ');
    return [
      failedFinding(0, [pointer], {
        expected: `one of ${declared}`,
        seen: excerpt(response),
        location: 'status',
      }),
    ];
  },
};

const checks: readonly Check[] = [statusDeclared, mediaType, responseHeaders, responseSchema, errorBody];

/** See `Matchers` in `vitest.ts`. Rejects for what is no answer, and where it cannot be told which operation is meant. */
export async function toMatchOpenApi(received: unknown, operationId?: string, choice?: OpenApiChoice) {
  const { api, basePath } = choice ?? chosenOpenApi();
  const openApi = await loadOpenApi(api);
  const message = await observedMessage(received);
  const operation =
    operationId === undefined
      ? findOperation(openApi, message, basePath)
      : operationNamed(openApi, operationId);
  const { context } = openApi;
  const run = runOf(context.document, operation, message);
  const verdicts = judge([run], { ...context, isLoopback: true, exclusive: true }, { checks, strict: true });
  const safe = safeOutcome({ runs: [run], verdicts }, secretScrubber([run]));
  const shown =
    message.url === undefined ? safe.verdicts.map(({ curl: _, ...verdict }) => verdict) : safe.verdicts;
  const groups = groupFailures({ verdicts: shown });
  const title = `${context.document.title} ${context.document.version}`;
  return {
    pass: groups.length === 0,
    message: () =>
      groups.length === 0
        ? `The answer to ${operation.id} matches ${title}, and should not.`
        : new ContractFailure(`The answer to ${operation.id} does not match ${title}.`, groups, safe.runs)
            .message,
  };
}

/** The message as a case of one step, as the checks take it. */
function runOf(document: ApiDocument, operation: Operation, message: ObservedMessage): CaseRun {
  const method = message.method ?? operation.method.toUpperCase();
  const url = message.url ?? operation.path;
  const template = {
    method,
    path: {},
    query: {},
    headers: {},
    cookies: {},
    body: undefined,
    credentials: 'valid',
  } as const;
  const step = { name: 'probe', operation, request: template, expect: 'any' } as const;
  const exchange: CaseExchange = {
    role: 'step',
    step,
    operation,
    expect: 'any',
    sent: template,
    request: { ...message.request, method, url, secrets: secretsOf(document) },
    response: message.response,
    failure: undefined,
  };
  const planned = {
    id: `${method} ${url}`,
    phase: 'examples',
    operation,
    title: 'an answer of a test',
    preconditions: [],
    steps: [step],
    writes: false,
  } as const;
  return { case: planned, exchanges: [exchange], bindings: {}, notRun: undefined };
}

/** Names of header fields and query parameters that may hold credentials. */
function secretsOf({ securitySchemes }: ApiDocument): readonly string[] {
  const keys = Object.values(securitySchemes).flatMap((scheme) =>
    scheme.type === 'apiKey' ? [scheme.in === 'header' ? scheme.name.toLowerCase() : scheme.name] : [],
  );
  return ['authorization', 'cookie', ...keys];
}
