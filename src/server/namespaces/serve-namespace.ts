import type { TimeSource } from '../../clock.ts';
import type { EventEntry } from '../../model/event.ts';
import type { Namespace } from '../../state/namespace.ts';
import { Emitter, type EmitterMeans } from '../emission/emitter.ts';
import type { ApiRequest } from '../model/api-message.ts';
import { Faults } from '../traffic/faults.ts';
import { type Exchange, Journal } from '../traffic/journal.ts';

const mostEvents = 1000;

/** A namespace with what the server keeps about it beside its state. */
export interface ServedNamespace {
  readonly namespace: Namespace;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly emitter: Emitter;
  /** What its units of work have told, oldest first; the latest thousand at least. */
  readonly events: readonly EventEntry[];
  /** Told of every exchange that went into the journal. */
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  /** Told of what went wrong inside the mock; the caller is told only that something did. */
  readonly onInternalError: ((error: unknown, request: ApiRequest) => void) | undefined;
  /** Waits in real time, as latency does. */
  wait(milliseconds: number): Promise<void>;
}

export function serveNamespace(
  namespace: Namespace,
  {
    time,
    onExchange,
    onInternalError,
    emission,
  }: {
    readonly time: TimeSource;
    readonly onExchange: ServedNamespace['onExchange'];
    readonly onInternalError: ServedNamespace['onInternalError'];
    readonly emission: EmitterMeans;
  },
): ServedNamespace {
  const events: EventEntry[] = [];
  namespace.onCommit((commit) => {
    events.push(...commit.events);
    // Twice as many are let in before the old ones go, so that not every event moves all the others.
    if (events.length >= 2 * mostEvents) events.splice(0, events.length - mostEvents);
  });
  return {
    namespace,
    events,
    journal: new Journal(),
    faults: new Faults(namespace.seed),
    emitter: new Emitter(namespace, emission),
    onExchange,
    onInternalError,
    wait: (milliseconds) => new Promise((resolve) => time.wait(milliseconds, resolve)),
  };
}
