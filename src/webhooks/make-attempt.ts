import { SparringError } from '../errors.ts';
import type { AttemptEntry, DeliveryEntry } from '../storage/storage.ts';
import type { AttemptRequest, AttemptResult } from './attempt.ts';
import type { EmitterFaultRule } from './emitter-faults.ts';
import type { DeliveryPolicy } from './policy.ts';
import { prepareAttempt } from './prepare-attempt.ts';
import { includesStatus } from './status-range.ts';

/** One attempt that is to be made. */
export interface AttemptPlan {
  readonly delivery: DeliveryEntry;
  readonly policy: DeliveryPolicy;
  /** Counted from 1. */
  readonly number: number;
  /** Milliseconds since the Unix epoch, on the namespace's clock and in real time. */
  readonly at: number;
  readonly now: number;
  readonly faults: readonly EmitterFaultRule[];
  readonly send: (request: AttemptRequest) => Promise<AttemptResult>;
}

const staleBy = 600_000;

/** Stamps, signs and sends a delivery's bytes once, and tells what came of it; never rejects. */
export async function makeAttempt(plan: AttemptPlan): Promise<AttemptEntry> {
  const { at, delivery, faults, now, number, policy } = plan;
  const faulty =
    faults.length > 0 ? { fault: faults.map(({ id, kind }) => `${kind} (${id})`).join(', ') } : {};
  const entry = { delivery: delivery.id, number, at, startedAt: now, milliseconds: 0, ...faulty };
  const target = { method: policy.method, url: delivery.url };
  const body = Buffer.from(delivery.body);
  let headers: Record<string, string>;
  try {
    headers = stamped(plan, body);
  } catch (error) {
    const message = error instanceof SparringError ? error.message : 'The delivery could not be signed.';
    const request = { ...target, headers: {} };
    return {
      ...entry,
      request,
      response: null,
      error: { code: 'invalid-secret', message },
      succeeded: false,
    };
  }
  const sent = struckBy(faults, 'truncate-body') ? body.subarray(0, Math.floor(body.length / 2)) : body;
  const request = { ...target, headers, ...(sent !== body && { body: sent.toString('utf8') }) };
  if (struckBy(faults, 'drop')) {
    const error = { code: 'dropped', message: 'A fault of the emitter dropped the attempt.' };
    return { ...entry, request, response: null, error, succeeded: false };
  }
  const { redirects, timeout } = policy;
  const result = await plan.send({ ...target, headers, body: sent, timeout, redirects });
  return { ...entry, ...outcomeOf(result, policy), request };
}

function outcomeOf(
  result: AttemptResult,
  policy: DeliveryPolicy,
): Omit<AttemptEntry, 'delivery' | 'number' | 'at' | 'request'> {
  const { body, error, flag, headers, status, timings, truncated } = result;
  return {
    startedAt: timings.start,
    milliseconds: timings.end - timings.start,
    response: status === undefined ? null : { status, headers, body: textOf(body), truncated },
    ...(error && { error: { code: error.code, message: error.message } }),
    ...(flag !== undefined && { flag }),
    succeeded: error === undefined && status !== undefined && includesStatus(policy.success, status),
  };
}

function textOf({ buffer, byteLength, byteOffset }: Uint8Array): string {
  return byteLength === 0 ? '' : Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

/** The headers of the attempt; faults make stamps older than they are, or signatures that do not fit. */
function stamped(
  { delivery, faults, now, number, policy }: AttemptPlan,
  body: Buffer,
): Record<string, string> {
  const { event, id, secrets, subscription, url } = delivery;
  const stale = struckBy(faults, 'stale-timestamp');
  const corrupt = struckBy(faults, 'corrupt-signature') !== undefined;
  // A secret that is itself the proof is altered; where bytes are signed, others are.
  const isShown = policy.signature.scheme === 'secret-header';
  const input = {
    body: corrupt && !isShown ? Buffer.concat([body, Buffer.from(' ')]) : body,
    url,
    id,
    event,
    attempt: number,
    secrets: corrupt && isShown ? secrets.map((secret) => `${secret}-corrupted`) : secrets,
    subscriptionId: subscription?.id ?? '',
  };
  return prepareAttempt(policy, input, stale ? now - (stale.milliseconds ?? staleBy) : now);
}

export function struckBy(
  faults: readonly EmitterFaultRule[],
  kind: EmitterFaultRule['kind'],
): EmitterFaultRule | undefined {
  return faults.find((rule) => rule.kind === kind);
}
