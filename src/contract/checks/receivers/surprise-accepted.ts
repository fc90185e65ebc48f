import type { Check } from '../../model/check.ts';
import { deliveredIn, isServerError, receiverFinding } from '../judging/receiver-findings.ts';

export const surpriseAccepted: Check = {
  id: 'surprise-accepted',
  grade: 'convention',
  rule: 'What is unknown or comes out of order is answered with success: the provider tries again whatever is refused.',
  blindTo: 'What is done with it.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'unknown', 'order').flatMap((delivered) => {
      if (!delivered.exchange.response || isServerError(delivered)) return [];
      if (delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `a success: ${run.case.title}`, grade: 'convention' })];
    }),
};
