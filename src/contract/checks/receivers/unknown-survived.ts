import type { Check } from '../../model/check.ts';
import { deliveredIn, isServerError, receiverFinding } from '../judging/receiver-findings.ts';

export const unknownSurvived: Check = {
  id: 'unknown-survived',
  grade: 'contract',
  rule: 'Events, fields and values that the document does not know, and nulls, do not break the receiver.',
  blindTo: 'What is done with them.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'unknown').flatMap((delivered) => {
      if (delivered.exchange.failure?.kind === 'timeout') return [];
      if (delivered.exchange.response && !isServerError(delivered)) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `no server error for ${run.case.title}` })];
    }),
};
