import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding, successInWords } from '../judging/receiver-findings.ts';

export const duplicateAccepted: Check = {
  id: 'duplicate-accepted',
  grade: 'contract',
  rule: 'A delivery that comes again is answered with success again: any other answer makes the provider try further.',
  blindTo: 'Whether it works a second time, unless a probe tells it.',
  phases: ['receivers'],
  judge(run) {
    const all = deliveredIn(run, 'duplicate');
    const isAtOnce = all.some(({ delivery }) => delivery.times !== undefined);
    // The first of several is an event like any other, judged there.
    const repeated = isAtOnce || all.length === 1 ? all : all.slice(1);
    return repeated.flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (delivered.succeeded) return [receiverFinding(delivered)];
      return [
        receiverFinding(delivered, { expected: `${successInWords(delivered)}, for ${run.case.title}` }),
      ];
    });
  },
};
