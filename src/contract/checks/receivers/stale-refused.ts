import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const staleRefused: Check = {
  id: 'stale-refused',
  grade: 'contract',
  rule: 'A delivery whose signed time is older than the scheme tolerates, or is no time, is refused: somebody may have recorded it.',
  blindTo: 'The exact tolerance.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'stale').flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (!delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `a refusal of a delivery ${run.case.title}` })];
    }),
};
