import type { Check } from '../../model/check.ts';
import { deliveredIn, isServerError, receiverFinding } from '../judging/receiver-findings.ts';

export const nonsenseRefused: Check = {
  id: 'nonsense-refused',
  grade: 'contract',
  rule: 'A rightly signed body that is no event is neither taken for one nor breaks the receiver.',
  blindTo: 'Bodies that only look like events.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'nonsense').flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (!delivered.succeeded && !isServerError(delivered)) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `a 4xx for ${run.case.title}` })];
    }),
};
