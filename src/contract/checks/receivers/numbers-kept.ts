import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding } from '../judging/receiver-findings.ts';

export const numbersKept: Check = {
  id: 'numbers-kept',
  grade: 'convention',
  rule: 'Numbers are taken however JSON writes them, and keep their digits beyond 2^53.',
  blindTo: 'What is kept, unless a probe tells it.',
  phases: ['receivers'],
  judge: (run) =>
    deliveredIn(run, 'number').flatMap((delivered) => {
      if (!delivered.exchange.response) return [];
      if (!delivered.succeeded)
        return [receiverFinding(delivered, { expected: `a success for ${run.case.title}` })];
      const { exact, rounded } = run.case.receiver?.kept ?? {};
      const text = run.receiver?.readings.at(-1)?.text;
      if (exact === undefined || rounded === undefined || text === undefined)
        return [receiverFinding(delivered)];
      if (text.includes(exact) || !text.includes(rounded)) return [receiverFinding(delivered)];
      const seen = `the probe tells ${rounded}`;
      return [receiverFinding(delivered, { expected: `${exact}, digit for digit`, seen, location: 'probe' })];
    }),
};
