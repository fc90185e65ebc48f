import type { Check } from '../../model/check.ts';
import { judgeSilence } from '../judging/judge-silence.ts';

export const webhookUnsubscribed: Check = {
  id: 'webhook-unsubscribed',
  grade: 'contract',
  rule: 'Who has unsubscribed, is switched off or was disabled by an answer is told of nothing more.',
  blindTo: 'What is still sent long afterwards.',
  phases: ['webhooks'],
  judge: (run) => judgeSilence(run, ['unsubscribed', 'inactive', 'disabled']),
};
