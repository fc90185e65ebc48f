import { isObject } from '../../../json/is-object.ts';
import { findResponse } from '../../../openapi/document/find-response.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check, JudgeContext } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/finding.ts';
import {
  type AnsweredStep,
  answeredSteps,
  excerpt,
  failedFinding,
  passedFinding,
} from '../judging/findings.ts';

/** What an account may do, and what others keep there, is not known of a server elsewhere. */
const ofAccounts: ReadonlySet<number> = new Set([401, 402, 403, 409]);
/** What is answered to a name, a login or an id that means nothing to the server. */
const ofValues: ReadonlySet<number> = new Set([401, 402, 403, 404, 409, 410]);

export const positiveAccepted: Check = {
  id: 'positive-accepted',
  grade: 'contract',
  rule: 'A request that the document allows is accepted.',
  blindTo:
    'Rules of the server that no schema can say; they are met by its examples and by what it created itself.',
  judge: (run, context) =>
    positives(run).flatMap((step) => {
      const { exchange, index, response } = step;
      const { status } = response;
      if (status < 400) return [passedFinding(index, chainOf(exchange))];
      if (isOpen(step, context)) return [];
      const isAside = (!context.isLoopback && ofAccounts.has(status)) || isRefusedLogin(exchange, status);
      return [refusal(step, isAside)];
    }),
  /** Where an operation accepts others, what it refuses may be there already, name what is not there, or be of no use to it. */
  judgeAll(runs, context) {
    const all = runs.flatMap((run, index) => positives(run).map((step) => ({ ...step, run: index })));
    const accepted = all.flatMap(({ exchange, response }) => (response.status < 400 ? [exchange] : []));
    const accepting = new Set(accepted.map(({ operation }) => operation));
    const admitting = new Set(accepted.map(({ operation }) => JSON.stringify(operation.security)));
    return all.flatMap(({ run, ...step }) => {
      if (step.response.status < 400 || !isOpen(step, context)) return [];
      const isAccepting = accepting.has(step.exchange.operation);
      const isAside = context.isMock ? isAccepting : needsValue(step, isAccepting, admitting);
      return [{ ...refusal(step, isAside), run }];
    });
  },
};

/** Whether other answers are to be seen before it can be said what a refusal means. */
function isOpen({ exchange, response: { status } }: AnsweredStep, { isMock }: JudgeContext): boolean {
  if (isMock) return isConflict(exchange, status);
  return ofValues.has(status) || isDeclared(exchange, status);
}

/** Whether a refusal may well be for want of a value that only a person knows; not what the document shows where others get in. */
function needsValue(
  { exchange, response: { status } }: AnsweredStep,
  isAccepting: boolean,
  admitting: ReadonlySet<string>,
): boolean {
  const { operation, step } = exchange;
  // Good credentials are good for all that asks for the same.
  if (status === 401 && operation.security.length > 0)
    return !admitting.has(JSON.stringify(operation.security));
  if (ofValues.has(status)) return true;
  return !(isAccepting && step?.isShown) || isConflict(exchange, status);
}

function isDeclared({ operation }: CaseExchange, status: number): boolean {
  return findResponse(operation, status) !== undefined;
}

/** Server errors are another check's; too many requests say nothing of this one. */
function positives(run: CaseRun): readonly AnsweredStep[] {
  return answeredSteps(run).filter(
    ({ exchange, response: { status } }) => exchange.expect === 'accepted' && status < 500 && status !== 429,
  );
}

function chainOf({ operation, sent }: CaseExchange): readonly string[] {
  const body = operation.requestBody?.mediaTypes.find(({ name }) => name === sent.body?.mediaType);
  return [operation.pointer, ...(body ? [body.pointer] : [])];
}

function refusal({ exchange, index, response }: AnsweredStep, isAside: boolean): Finding {
  const failure = { expected: 'a success', seen: excerpt(response), location: 'status' };
  const expected = 'a success; it may need a value that only a person knows, which --set gives';
  return failedFinding(
    index,
    chainOf(exchange),
    isAside ? { ...failure, expected, grade: 'convention' } : failure,
  );
}

/** A refusal for what is there already, or for the name of something that is not there. */
function isConflict({ operation, sent }: CaseExchange, status: number): boolean {
  if (status === 409 || (status === 404 && !operation.path.includes('{'))) return true;
  return (status === 404 || status === 422) && namesOthers(sent.body?.value);
}

/** Whether a value holds the id of another record, which nobody has seen to that it exists. */
function namesOthers(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesOthers);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, part]) => (/(?:_id|Id|_uuid|Uuid)$/.test(name) && part !== null) || namesOthers(part),
  );
}

/** Operations that are open to all may ask for credentials in their bodies. */
function isRefusedLogin({ operation }: CaseExchange, status: number): boolean {
  return (status === 401 || status === 403) && operation.security.length === 0;
}
