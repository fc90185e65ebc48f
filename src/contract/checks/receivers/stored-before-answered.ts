import type { Check } from '../../model/check.ts';
import { judgeArms } from '../judging/judge-arms.ts';

export const storedBeforeAnswered: Check = {
  id: 'stored-before-answered',
  grade: 'contract',
  rule: 'What was answered with success is not lost when the receiver is killed: its provider never sends it again.',
  blindTo: 'Losses of less than a whole process.',
  phases: ['receivers'],
  judge: (run) => judgeArms(run, 'stored', 'the change of a delivery, after the kill too'),
};
