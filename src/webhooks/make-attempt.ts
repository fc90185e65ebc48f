import { SparringError } from '../errors.ts';
import type { AttemptEntry } from '../model/attempt.ts';
import type { DeliveryEntry } from '../model/delivery.ts';
import type { AttemptRequest, AttemptResult } from './attempt.ts';
import type { EmitterFaultRule } from './emitter-faults.ts';
import type { DeliveryPolicy } from './policy.ts';
import { type SignedAttempt, signAttempt } from './prepare-attempt.ts';
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
  const { delivery, faults, policy } = plan;
  const body = Buffer.from(delivery.body);
  let signed: SignedAttempt;
  try {
    signed = stamped(plan, body);
  } catch (error) {
    const message = error instanceof SparringError ? error.message : 'The delivery could not be signed.';
    const request = { method: policy.method, url: delivery.url, headers: {} };
    return failed(plan, request, { code: 'invalid-secret', message });
  }
  const { headers, url } = signed;
  const sent = struckBy(faults, 'truncate-body')
    ? signed.body.subarray(0, Math.floor(signed.body.length / 2))
    : signed.body;
  const request = { method: policy.method, url, headers, ...(sent !== body && { body: textOf(sent) }) };
  if (struckBy(faults, 'drop')) {
    return failed(plan, request, { code: 'dropped', message: 'A fault of the emitter dropped the attempt.' });
  }
  const { method, redirects, timeout } = policy;
  const result = await plan.send({ url, method, headers, body: sent, timeout, redirects });
  return attemptOf(plan, request, result);
}

function failed(
  { at, delivery, faults, now, number }: AttemptPlan,
  request: AttemptEntry['request'],
  error: NonNullable<AttemptEntry['error']>,
): AttemptEntry {
  return {
    delivery: delivery.id,
    number,
    at,
    startedAt: now,
    milliseconds: 0,
    request,
    response: null,
    error,
    succeeded: false,
    ...faultOf(faults),
  };
}

function attemptOf(
  { at, delivery, faults, number, policy }: AttemptPlan,
  request: AttemptEntry['request'],
  { body, error, flag, headers, status, timings, truncated }: AttemptResult,
): AttemptEntry {
  return {
    delivery: delivery.id,
    number,
    at,
    startedAt: timings.start,
    milliseconds: timings.end - timings.start,
    request,
    response: status === undefined ? null : { status, headers, body: textOf(body), truncated },
    succeeded: error === undefined && status !== undefined && includesStatus(policy.success, status),
    ...(error && { error: { code: error.code, message: error.message } }),
    ...(flag !== undefined && { flag }),
    ...faultOf(faults),
  };
}

function faultOf(faults: readonly EmitterFaultRule[]): Pick<AttemptEntry, 'fault'> | undefined {
  return faults.length === 0
    ? undefined
    : { fault: faults.map(({ id, kind }) => `${kind} (${id})`).join(', ') };
}

function textOf({ buffer, byteLength, byteOffset }: Uint8Array): string {
  return byteLength === 0 ? '' : Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

/** The attempt as it is signed; faults make stamps older than they are, or signatures that do not fit. */
function stamped({ delivery, faults, now, number, policy }: AttemptPlan, body: Buffer): SignedAttempt {
  const { event, id, secrets, subscription, url } = delivery;
  const stale = struckBy(faults, 'stale-timestamp');
  const corrupt = struckBy(faults, 'corrupt-signature') !== undefined;
  const input = { body, url, id, event, attempt: number, secrets, subscriptionId: subscription?.id ?? '' };
  return signAttempt(policy, input, stale ? now - (stale.milliseconds ?? staleBy) : now, corrupt);
}

export function struckBy(
  faults: readonly EmitterFaultRule[],
  kind: EmitterFaultRule['kind'],
): EmitterFaultRule | undefined {
  return faults.find((rule) => rule.kind === kind);
}
