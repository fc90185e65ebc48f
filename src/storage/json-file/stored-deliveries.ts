import type { AttemptEntry } from '../../model/attempt.ts';
import type { Commit } from '../../model/commit.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import { cancelled, type SettledKind, settledKind } from '../deliveries/delivery-facts.ts';
import { mostUnsettledInFile, noRoomInFile } from '../deliveries/delivery-limits.ts';

/**
 * Settled deliveries of a kind that a JSON file keeps, with their attempts: the newest ones. Successes do not push out what failed and
 * may yet be sent again.
 */
export const keptSettledInFile = { delivered: 200, dropped: 200, failed: 1000 } as const;

/** A delivery and the attempts at it, in their order. */
export interface KeptDelivery {
  readonly entry: DeliveryEntry;
  readonly attempts: readonly AttemptEntry[];
}

/** By id, in order of arrival. Never changed in place. */
export type Deliveries = ReadonlyMap<string, KeptDelivery>;

export const noDeliveries: Deliveries = new Map();

/** `deliveries` after `commits`, within the file's bounds; the same map where no commit speaks of deliveries. */
export function applyDeliveries(deliveries: Deliveries, commits: readonly Commit[]): Deliveries {
  if (!commits.some(speaksOfDeliveries)) return deliveries;
  const applied = new Map(deliveries);
  for (const commit of commits) {
    if (commit.clear && !commit.keepDeliveries) applied.clear();
    for (const cancellation of commit.cancellations ?? []) {
      for (const [id, { attempts, entry }] of applied) {
        const { api, endpoint } = cancellation;
        if (entry.state !== 'pending' || entry.api !== api || entry.endpoint !== endpoint) continue;
        applied.set(id, { entry: cancelled(entry, cancellation), attempts });
      }
    }
    for (const entry of commit.deliveries ?? []) {
      applied.set(entry.id, { entry, attempts: applied.get(entry.id)?.attempts ?? [] });
    }
    for (const attempt of commit.attempts ?? []) addAttempt(applied, attempt);
  }
  return bound(applied);
}

/** As they stand in the file and in a `StoredNamespace`; nothing at all where there are none. */
export function listDeliveries(kept: Deliveries): {
  readonly deliveries?: readonly DeliveryEntry[];
  readonly attempts?: readonly AttemptEntry[];
} {
  if (kept.size === 0) return {};
  const all = [...kept.values()];
  return { deliveries: all.map(({ entry }) => entry), attempts: all.flatMap(({ attempts }) => attempts) };
}

/**
 * `known`, and what a person has added to the file. What they changed or took away stays as it was, since the deliveries are
 * under way in memory.
 */
export function addStoredDeliveries(known: Deliveries, edited: Deliveries): Deliveries {
  const added = [...edited].filter(([id]) => !known.has(id));
  return added.length === 0 ? known : new Map([...known, ...added]);
}

function speaksOfDeliveries({
  attempts = [],
  cancellations = [],
  clear,
  deliveries = [],
  keepDeliveries,
}: Commit): boolean {
  if (clear && !keepDeliveries) return true;
  return [attempts, cancellations, deliveries].some(({ length }) => length > 0);
}

function addAttempt(deliveries: Map<string, KeptDelivery>, attempt: AttemptEntry): void {
  const kept = deliveries.get(attempt.delivery);
  if (kept === undefined) return;
  const others = kept.attempts.filter(({ number }) => number !== attempt.number);
  const attempts = [...others, attempt].sort((left, right) => left.number - right.number);
  deliveries.set(attempt.delivery, { ...kept, attempts });
}

/** Changes `deliveries`: the newest ones that are too many to wait are dropped, the oldest ones that are over go. */
function bound(deliveries: Map<string, KeptDelivery>): Deliveries {
  const waiting = [...deliveries.values()].filter(({ entry }) => entry.state === 'pending');
  for (const { attempts, entry } of waiting.slice(mostUnsettledInFile)) {
    const dropped = { ...entry, state: 'dropped', body: '', dueAt: null, reason: noRoomInFile } as const;
    deliveries.set(entry.id, { entry: dropped, attempts });
  }
  const left: Record<SettledKind, number> = { ...keptSettledInFile };
  for (const { entry } of [...deliveries.values()].reverse()) {
    if (entry.state === 'pending') continue;
    const kind = settledKind(entry.state);
    left[kind] -= 1;
    if (left[kind] < 0) deliveries.delete(entry.id);
  }
  return deliveries;
}
