import { isObject } from '../../../json/is-object.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check } from '../../model/check.ts';
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

export const positiveAccepted: Check = {
  id: 'positive-accepted',
  grade: 'contract',
  rule: 'A request that the document allows is accepted.',
  blindTo:
    'Rules of the server that no schema can say; they are met by its examples and by what it created itself.',
  judge: (run, { isLoopback }) =>
    positives(run).flatMap((step) => {
      const { exchange, index, response } = step;
      const { status } = response;
      if (status < 400) return [passedFinding(index, chainOf(exchange))];
      if (isConflict(exchange, status)) return [];
      const isOpen = (!isLoopback && ofAccounts.has(status)) || isRefusedLogin(exchange, status);
      return [refusal(step, isOpen)];
    }),
  /** Where an operation accepts others, what it refuses may be there already, or name what is not there. */
  judgeAll(runs) {
    const all = runs.flatMap((run, index) => positives(run).map((step) => ({ ...step, run: index })));
    const accepting = new Set(
      all.flatMap(({ exchange, response }) => (response.status < 400 ? [exchange.operation] : [])),
    );
    return all.flatMap(({ run, ...step }) =>
      isConflict(step.exchange, step.response.status)
        ? [{ ...refusal(step, accepting.has(step.exchange.operation)), run }]
        : [],
    );
  },
};

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

function refusal({ exchange, index, response }: AnsweredStep, isOpen: boolean): Finding {
  const failure = { expected: 'a success', seen: excerpt(response), location: 'status' };
  return failedFinding(index, chainOf(exchange), isOpen ? { ...failure, grade: 'convention' } : failure);
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
