import type { Check } from '../../model/check.ts';
import { deliveredIn, isServerError, receiverFinding } from '../judging/receiver-findings.ts';

export const orderSurvived: Check = {
  id: 'order-survived',
  grade: 'contract',
  rule: 'Events that come in another order than they happened do not break the receiver.',
  blindTo: 'What state they lead to, unless a probe tells it.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'order').flatMap((delivered) => {
      if (delivered.exchange.failure?.kind === 'timeout') return [];
      if (delivered.exchange.response && !isServerError(delivered)) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `no server error, though ${run.case.title}` })];
    }),
};
