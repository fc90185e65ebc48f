import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const futureRefused: Check = {
  id: 'future-refused',
  grade: 'contract',
  rule: 'A delivery whose signed time lies ahead is refused, where its scheme says so; else this is told.',
  blindTo: 'The exact tolerance.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'future').flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (!delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `a refusal of a delivery ${run.case.title}` })];
    }),
};
