import type { Operation } from '../../../openapi/document/document.ts';
import { declaresSuccess } from '../../../openapi/document/find-response.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check } from '../../model/check.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import { answeredSteps, excerpt, failedFinding, passedFinding } from '../judging/findings.ts';

export const noServerError: Check = {
  id: 'no-server-error',
  grade: 'contract',
  rule: 'No request is answered with a server error.',
  blindTo: 'Errors that are hidden behind another status.',
  judge: (run) =>
    [...answeredSteps(run), ...asidesOf(run)].map(({ exchange, index, response }) => {
      const chain = [exchange.operation.pointer];
      if (
        response.status < 500 ||
        isUnknown(exchange, response.status) ||
        isAllThereIs(exchange.operation, response.status)
      )
        return passedFinding(index, chain);
      const expected = 'a status below 500';
      return failedFinding(index, chain, { expected, seen: excerpt(response), location: 'status' });
    }),
};

/** What a case was answered while it made what it needed, and while it cleaned up; of these only errors are kept. */
function asidesOf({ exchanges }: CaseRun) {
  return exchanges.flatMap((exchange, index) =>
    exchange.role !== 'step' && exchange.response ? [{ exchange, index, response: exchange.response }] : [],
  );
}

/** RFC 9110, section 15.6.2: a method that the server knows for no resource at all. */
function isUnknown({ expect }: CaseExchange, status: number): boolean {
  return status === 501 && expect === 'method-refused';
}

/** An operation that is documented to fail, and nothing else, keeps its word by it. */
function isAllThereIs(operation: Operation, status: number): boolean {
  return (
    !declaresSuccess(operation) && operation.responses.some((response) => response.status === String(status))
  );
}
