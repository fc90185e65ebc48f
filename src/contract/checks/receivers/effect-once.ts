import type { Check } from '../../model/check.ts';
import { judgeArms } from '../judging/judge-arms.ts';

export const effectOnce: Check = {
  id: 'effect-once',
  grade: 'contract',
  rule: 'A delivery works once, however often it comes and whatever happens to its connection.',
  blindTo: 'Effects that the probe does not tell.',
  phases: ['receivers'],
  judge: (run) => judgeArms(run, 'effect', 'the change of a single delivery'),
};
