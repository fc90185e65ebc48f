import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const noRedirect: Check = {
  id: 'no-redirect',
  grade: 'convention',
  rule: 'An event is not answered with a redirect: most providers do not follow it, and the event is lost.',
  blindTo: 'Where it would lead to.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'event').flatMap((delivered) => {
      const { exchange, status = 0 } = delivered;
      if (!exchange.response) return [];
      if (status < 300 || status >= 400) return [receiverFinding(delivered)];
      return [receiverFinding(delivered, { expected: 'an answer that does not lead elsewhere' })];
    }),
};
