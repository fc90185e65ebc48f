import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const forgeryRefused: Check = {
  id: 'forgery-refused',
  grade: 'contract',
  rule: 'What its provider did not sign so is not answered with a success.',
  blindTo: 'Whether signatures are compared in constant time.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'forgery').flatMap((delivered) => {
      if (delivered.delivery.expect !== 'refused' || !delivered.exchange.response) return [];
      if (!delivered.succeeded) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: `a refusal of a delivery ${run.case.title}` })];
    }),
};
