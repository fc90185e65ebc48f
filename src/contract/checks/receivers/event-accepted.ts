import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding, successInWords } from '../judging/receiver-findings.ts';

export const eventAccepted: Check = {
  id: 'event-accepted',
  grade: 'contract',
  rule: 'Every event of the document, rightly signed, is answered with what its provider takes for a success.',
  blindTo: 'Whether anything was done with it.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'event').flatMap((delivered) => {
      // What comes too late is the matter of answered-in-time.
      if (delivered.exchange.failure?.kind === 'timeout') return [];
      if (delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: successInWords(delivered) })];
    }),
};
