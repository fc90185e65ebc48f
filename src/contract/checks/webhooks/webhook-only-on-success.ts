import type { Check } from '../../model/check.ts';
import { judgeSilence } from '../judging/judge-silence.ts';

export const webhookOnlyOnSuccess: Check = {
  id: 'webhook-only-on-success',
  grade: 'contract',
  rule: 'A call that is refused fires no event.',
  blindTo: 'Refusals that no broken rule of the document brings about.',
  phases: ['webhooks'],
  judge: (run) => judgeSilence(run, ['refused']),
};
