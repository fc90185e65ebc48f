import type { Check } from '../../model/check.ts';
import { deliveredIn, receiverFinding, successInWords } from '../judging/receiver-findings.ts';

export const rawBytesVerified: Check = {
  id: 'raw-bytes-verified',
  grade: 'contract',
  rule: 'The signature is verified over the bytes as they came, whatever JSON they are written as.',
  blindTo: 'What is done with the JSON afterwards.',
  phases: ['receivers'],
  judge(run) {
    const [plain, rewritten] = deliveredIn(run, 'bytes');
    // Where even the usual bytes are refused, the others say nothing.
    if (!plain?.succeeded || !rewritten?.exchange.response) return [];
    if (rewritten.succeeded) return [receiverFinding(rewritten)];
    const expected = `${successInWords(rewritten)}: the same JSON ${run.case.title}, rightly signed`;
    return [receiverFinding(rewritten, { expected })];
  },
};
