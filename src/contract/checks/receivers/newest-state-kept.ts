import type { Check } from '../../model/check.ts';
import { judgeArms } from '../judging/judge-arms.ts';

export const newestStateKept: Check = {
  id: 'newest-state-kept',
  grade: 'contract',
  rule: 'Events of one thing lead to the same state in whatever order they come: the newest.',
  blindTo: 'States that the probe does not tell.',
  phases: ['receivers'],
  judge: (run) => judgeArms(run, 'state', 'the state as it is when they come in order'),
};
