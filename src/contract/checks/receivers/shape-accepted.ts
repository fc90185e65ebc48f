import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding, successInWords } from '../judging/receiver-findings.ts';

export const shapeAccepted: Check = {
  id: 'shape-accepted',
  grade: 'contract',
  rule: 'Events are taken in every size and shape that the document, JSON and HTTP allow.',
  blindTo: 'Whether their texts are kept as they are.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'shape').flatMap((delivered) => {
      if (delivered.exchange.failure?.kind === 'timeout') return [];
      if (delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `${successInWords(delivered)}: ${run.case.title}` })];
    }),
};
