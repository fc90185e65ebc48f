import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const noErrorOnForgery: Check = {
  id: 'no-error-on-forgery',
  grade: 'convention',
  rule: 'What is not signed as it should be is refused with a 4xx: a 5xx says that the receiver broke, and fills its logs.',
  blindTo: 'Why it was refused.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'forgery', 'stale', 'future').flatMap((delivered) => {
      const { delivery, exchange, status = 0, succeeded } = delivered;
      if (delivery.expect !== 'refused' || succeeded) return [];
      if (exchange.response && status >= 400 && status < 500) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: 'a 4xx', grade: 'convention' })];
    }),
};
