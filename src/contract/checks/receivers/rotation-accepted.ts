import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding, successInWords } from '../judging/receiver-findings.ts';

export const rotationAccepted: Check = {
  id: 'rotation-accepted',
  grade: 'contract',
  rule: 'Of several signatures one right one suffices: while a secret is changed, a delivery carries those of both.',
  blindTo: 'Whether the receiver can be told a second secret.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'rotation').flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (delivered.succeeded) return [receiverFinding(delivered)];
      return [
        receiverFinding(delivered, { expected: `${successInWords(delivered)}, though ${run.case.title}` }),
      ];
    }),
};
