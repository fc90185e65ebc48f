import { SparringError } from '../../errors.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { FireOptions } from '../../server/model/fire-options.ts';
import type { Mock } from '../../server/model/mock.ts';
import { breakPayload } from './break-payload.ts';
import type { FireFlags } from './fire-flags.ts';
import type { FireReport } from './fire-report.ts';

/** One event that is to be fired: its API, its name, and the payload's making. */
export interface Firing {
  readonly mock: Mock;
  readonly api: string;
  readonly event: string;
  readonly options: FireOptions;
  readonly flags: FireFlags;
}

/** Deliveries that wait at a time; more are made as these settle. */
const mostWaiting = 1000;

/** Sends as many as the flags say, and resolves once all are settled with the last attempt at each. */
export async function sendEvents(firing: Firing, report: FireReport): Promise<readonly AttemptEntry[]> {
  const { flags, mock } = firing;
  const { faults } = mock.webhooks;
  if (flags.duplicate) faults.add({ kind: 'duplicate' });
  if (flags.shuffle) faults.add({ kind: 'reorder', rate: 0.5, milliseconds: 50 });
  if (flags.corruptSignature) faults.add({ kind: 'corrupt-signature' });
  const last = new Map<string, AttemptEntry>();
  const settled = new Set<string>();
  let settledOne: (() => void) | undefined;
  mock.webhooks.on('delivery', (delivery, attempt) => {
    if (attempt) {
      last.set(delivery.id, attempt);
      report.attempt(delivery, attempt);
    }
    if (delivery.state === 'pending') return;
    settled.add(delivery.id);
    settledOne?.();
  });
  /** Resolves once no more than so many of those made wait. */
  const untilWaiting = (most: number, made: number) =>
    new Promise<void>((resolve) => {
      settledOne = () => {
        if (made - settled.size <= most) resolve();
      };
      settledOne();
    });

  // The client would be loaded with the first attempt, which would come late for its rate.
  if (flags.rate !== undefined) await import('undici');
  const started = performance.now();
  for (let index = 0; index < flags.count; index += 1) {
    await untilWaiting(mostWaiting - 1, index);
    const due = flags.rate === undefined ? 0 : started + (index / flags.rate) * 1000 - performance.now();
    if (due > 1) await new Promise((resolve) => setTimeout(resolve, due));
    const made = await mock.webhooks.fire(firing.api, firing.event, await optionsAt(firing, index));
    // What finds no room is settled without an attempt.
    for (const { id, state } of made) if (state !== 'pending') settled.add(id);
  }
  await untilWaiting(0, flags.count);
  // A duplicate may still be on its way.
  await mock.webhooks.whenIdle();
  return [...last.values()];
}

/** How the event of an index is fired. The first is the document's example as it stands, unless a seed was given. */
export async function optionsAt(firing: Firing, index: number): Promise<FireOptions> {
  const { flags, options } = firing;
  const seed = flags.seed === undefined ? (index === 0 ? undefined : index) : flags.seed + index;
  const varied = { ...options, seed };
  return flags.invalid
    ? { ...varied, payload: await invalidPayload(firing, varied), validate: false }
    : varied;
}

async function invalidPayload({ api, event, mock }: Firing, options: FireOptions): Promise<unknown> {
  const [request] = await mock.webhooks.preview(api, event, options);
  const { example: _, set: __, ...others } = options;
  const isRefused = async (payload: unknown) => {
    try {
      await mock.webhooks.preview(api, event, { ...others, payload });
      return false;
    } catch (error) {
      if (error instanceof SparringError && error.code === 'payload-invalid') return true;
      throw error;
    }
  };
  return breakPayload(jsonOf(request?.body ?? ''), isRefused);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
