import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { WebhookCheckpoint } from '../../model/webhook-run.ts';
import { settingOf, webhookFinding } from '../judging/webhook-findings.ts';
import {
  judgeCheckpoints,
  type MatchedArrival,
  type WebhookCaseRun,
  webhookRunOf,
} from '../judging/webhook-runs.ts';

export const webhookRetried: Check = {
  id: 'webhook-retried',
  grade: 'contract',
  rule: 'A delivery that failed is tried again when the document says, as often as it says, and no redirect is followed that it does not speak of.',
  blindTo: 'On a server that is no mock, retries that come later than is waited for.',
  phases: ['webhooks'],
  judge: (caseRun, { document }) => [
    ...judgeCheckpoints(caseRun, (checkpoint, told, run) => judgeAttempts(checkpoint, told, run, document)),
    ...judgeRedirects(caseRun, document),
  ],
};

function judgeAttempts(
  checkpoint: WebhookCheckpoint,
  told: readonly MatchedArrival[],
  { checkpoints }: WebhookCaseRun,
  document: ApiDocument,
): readonly Finding[] {
  const { because, count = 1, expect, facts } = checkpoint;
  const ground = { checkpoint, ...settingOf(document, facts, 'schedule') };
  if (expect === 'delivery' && told.length > 0 && count > 1) {
    if (told.length >= count) return [webhookFinding(ground)];
    const expected = `${amount(count - 1)} of ${facts.event}, since each one failed but the last`;
    return [webhookFinding(ground, { expected, seen: amount(told.length - 1) })];
  }
  const isSilent = because === 'not due' || because === 'exhausted';
  if (expect !== 'attempts' && !isSilent) return [];
  const late = told.find(({ isLate }) => isLate);
  const wanted = isSilent ? 0 : count;
  if (told.length === wanted && !late) return [webhookFinding(ground)];
  const expected = `${amount(wanted)} of ${facts.event}, since ${checkpoint.what}`;
  const seen = late
    ? `it came only after ${checkpoints[late.arrival.checkpoint]?.what}`
    : amount(told.length);
  return [webhookFinding(ground, { expected, seen })];
}

function judgeRedirects(caseRun: CaseRun, document: ApiDocument): readonly Finding[] {
  const run = webhookRunOf(caseRun);
  return (run?.arrivals ?? []).flatMap((arrival) => {
    const checkpoint = run?.checkpoints[arrival.checkpoint];
    if (arrival.address !== 'redirected' || !checkpoint || checkpoint.facts.policy.redirects > 0) return [];
    const ground = { checkpoint, ...settingOf(document, checkpoint.facts, 'redirects') };
    const expected = 'no request to where an answer pointed to';
    return [webhookFinding(ground, { expected, seen: 'the redirect was followed' })];
  });
}

function amount(count: number): string {
  if (count === 0) return 'no further attempt';
  return count === 1 ? 'one further attempt' : `${count} further attempts`;
}
