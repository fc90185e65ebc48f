import { declaresSuccess } from '../../openapi/check-answer.ts';
import type { Operation } from '../../openapi/document.ts';
import type { Check } from '../types.ts';
import { answeredSteps, excerpt, failed, passed } from './findings.ts';

export const noServerError: Check = {
  id: 'no-server-error',
  grade: 'contract',
  rule: 'No request is answered with a server error.',
  blindTo: 'Errors that are hidden behind another status.',
  judge: (run) =>
    answeredSteps(run).map(({ exchange, index, response }) => {
      const chain = [exchange.operation.pointer];
      if (response.status < 500 || isAllThereIs(exchange.operation, response.status))
        return passed(index, chain);
      const expected = 'a status below 500';
      return failed(index, chain, { expected, seen: excerpt(response), location: 'status' });
    }),
};

/** An operation that is documented to fail, and nothing else, keeps its word by it. */
function isAllThereIs(operation: Operation, status: number): boolean {
  return (
    !declaresSuccess(operation) && operation.responses.some((response) => response.status === String(status))
  );
}
