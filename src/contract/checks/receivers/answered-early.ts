import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const answeredEarly: Check = {
  id: 'answered-early',
  grade: 'convention',
  rule: 'A delivery is answered within half of the time that its provider waits: answer first, work later.',
  blindTo: 'How long it takes under load.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'event').flatMap((delivered) => {
      const { delivery, exchange, milliseconds } = delivered;
      if (!exchange.response) return [];
      const half = delivery.policy.timeout / 2;
      if (milliseconds <= half) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `an answer within ${half} ms`, location: 'time' })];
    }),
};
