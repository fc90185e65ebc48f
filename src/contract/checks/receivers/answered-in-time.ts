import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const answeredInTime: Check = {
  id: 'answered-in-time',
  grade: 'contract',
  rule: 'A delivery is answered before its provider gives up.',
  blindTo: 'How long it takes under load.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run).flatMap((delivered) => {
      const { delivery, exchange } = delivered;
      if (delivery.expect !== 'accepted') return [];
      if (exchange.failure?.kind !== 'timeout') return exchange.response ? [receiverFinding(delivered)] : [];
      const expected = `an answer within ${delivery.policy.timeout} ms`;
      return [receiverFinding(delivered, { expected, location: 'time' })];
    }),
};
