import type { Check } from '../types.ts';
import { answeredSteps, excerpt, failed, passed } from './findings.ts';

const aside: ReadonlySet<number> = new Set([401, 402, 403, 409]);

export const positiveAccepted: Check = {
  id: 'positive-accepted',
  grade: 'contract',
  rule: 'A request that the document allows is accepted.',
  blindTo:
    'Rules of the server that no schema can say; they are met by its examples and by what it created itself.',
  judge: (run, { isLoopback }) =>
    answeredSteps(run).flatMap(({ exchange, index, response }) => {
      // Server errors are another check's; too many requests say nothing of this one.
      if (exchange.expect !== 'accepted' || response.status >= 500 || response.status === 429) return [];
      const body = exchange.operation.requestBody?.mediaTypes.find(
        ({ name }) => name === exchange.sent.body?.mediaType,
      );
      const chain = [exchange.operation.pointer, ...(body ? [body.pointer] : [])];
      if (response.status < 400) return [passed(index, chain)];
      const failure = { expected: 'a success', seen: excerpt(response), location: 'status' };
      // What an account may do, and what others keep there, is not known of a server elsewhere.
      const isElsewhere = !isLoopback && aside.has(response.status);
      return [failed(index, chain, isElsewhere ? { ...failure, grade: 'convention' } : failure)];
    }),
};
