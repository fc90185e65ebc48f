import type { Check } from '../../model/check.ts';
import { failedFinding, passedFinding } from '../judging/findings.ts';

export const answers: Check = {
  id: 'answers',
  grade: 'rfc',
  rule: 'Every request gets one whole answer that is valid HTTP, in time, and the server goes on after it.',
  blindTo: 'Answers that are late, but still in time.',
  judge: ({ aftermath, exchanges }) =>
    exchanges.flatMap(({ failure, operation, role }, index) => {
      if (role !== 'step' || failure?.kind === 'aborted') return [];
      const chain = [operation.pointer];
      if (aftermath && index > aftermath.exchange) return [];
      if (aftermath?.exchange === index)
        return [
          failedFinding(index, chain, {
            expected: 'a server that goes on after it',
            seen: failure ? `${aftermath.what} (${failure.message})` : aftermath.what,
          }),
        ];
      if (!failure) return [passedFinding(index, chain)];
      return [failedFinding(index, chain, { expected: 'a whole answer in time', seen: failure.message })];
    }),
};
