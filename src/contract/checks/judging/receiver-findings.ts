import { includesStatus } from '../../../webhooks/status-range.ts';
import type { CaseRun } from '../../model/case-run.ts';
import type { CaseExchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/finding.ts';
import type { Grade } from '../../model/grade.ts';
import type { ReceiverDelivery, ReceiverQuestion } from '../../model/receiver-run.ts';
import { excerpt, failedFinding, passedFinding } from './findings.ts';

/** One request to a receiver and what came of it. */
export interface Delivered {
  readonly run: CaseRun;
  readonly index: number;
  readonly exchange: CaseExchange;
  readonly delivery: ReceiverDelivery;
  readonly milliseconds: number;
  /** Whether its provider takes the answer for a success. */
  readonly succeeded: boolean;
  readonly status: number | undefined;
}

/** All deliveries of a case but those that were hung up on, if it asks one of the questions. */
export function deliveredIn(run: CaseRun, ...questions: readonly ReceiverQuestion[]): readonly Delivered[] {
  const { receiver } = run;
  const question = run.case.receiver?.question;
  if (!receiver || !question || (questions.length > 0 && !questions.includes(question))) return [];
  return run.exchanges.flatMap((exchange, index) => {
    const sent = receiver.deliveries[index];
    if (!sent || sent.delivery.hangsUp) return [];
    const status = exchange.response?.status;
    const succeeded = status !== undefined && includesStatus(sent.delivery.policy.success, status);
    return [{ run, index, exchange, ...sent, succeeded, status }];
  });
}

interface ReceiverFailure {
  readonly expected: string;
  readonly grade?: Grade | undefined;
  readonly location?: string;
  /** Default: the answer. */
  readonly seen?: string;
}

/** A finding about a delivery: failed where there is a failure. */
export function receiverFinding(delivered: Delivered, failure?: ReceiverFailure): Finding {
  const script = delivered.run.case.receiver;
  const chain = [script?.fact ?? '#'];
  if (!failure) return passedFinding(delivered.index, chain);
  const { expected, location = 'status', seen = seenIn(delivered) } = failure;
  const grade = failure.grade ?? script?.grade;
  return failedFinding(delivered.index, chain, { expected, seen, location, ...(grade && { grade }) });
}

/** What was answered, and when: `500 internal error, after 12 ms`. */
export function seenIn({ exchange, milliseconds }: Delivered): string {
  const { failure, response } = exchange;
  const after = `after ${Math.round(milliseconds)} ms`;
  return response
    ? `${excerpt(response)}, ${after}`
    : `no answer: ${failure?.message ?? 'the run was ended'}, ${after}`;
}

/** The statuses that are a success to the provider, in words. */
export function successInWords({ delivery: { policy } }: Delivered): string {
  const ranges = policy.success.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`));
  return `a success, which is ${ranges.join(' or ')} here`;
}

/** Whether the receiver failed on its own side. */
export function isServerError({ status }: Delivered): boolean {
  return status !== undefined && status >= 500;
}
