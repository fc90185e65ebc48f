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
      if (response.status < 500) return passed(index, chain);
      const expected = 'a status below 500';
      return failed(index, chain, { expected, seen: excerpt(response), location: 'status' });
    }),
};
