import type { Check } from '../../model/check.ts';
import { settingOf, webhookFinding } from '../judging/webhook-findings.ts';
import { judgeArrivals } from '../judging/webhook-runs.ts';

export const webhookSigned: Check = {
  id: 'webhook-signed',
  grade: 'contract',
  rule: 'A webhook is signed over its exact bytes with the secret of its subscription, and not long ago.',
  blindTo:
    'Webhooks that are not signed, and secrets that the API does not show; how old one is whose scheme signs no time.',
  phases: ['webhooks'],
  judge: (caseRun, { document }) =>
    judgeArrivals(caseRun, ({ arrival: { verification }, facts, checkpoint }) => {
      if (!verification) return [];
      const ground = { checkpoint, ...settingOf(document, facts, 'signature') };
      if (verification.valid) return [webhookFinding(ground)];
      const expected = `a signature by the scheme ${facts.policy.signature.scheme}`;
      return [webhookFinding(ground, { expected, seen: verification.message, location: 'headers' })];
    }),
};
