import type { TimeSource } from '../../clock.ts';
import type { EventEntry } from '../../model/event.ts';
import type { Namespace } from '../../state/namespace.ts';
import { Emitter, type EmitterMeans } from '../emission/emitter.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import { Journal } from '../traffic/journal.ts';
import type { SharedBytes } from '../traffic/shared-bytes.ts';
import { keptDeliveryFaults, keptFaults } from './kept-faults.ts';

const mostEvents = 1000;

export function serveNamespace(
  namespace: Namespace,
  {
    time,
    onExchange,
    onInternalError,
    tellOnce,
    emission,
    journalBytes,
  }: {
    readonly time: TimeSource;
    readonly onExchange: ServedNamespace['onExchange'];
    readonly onInternalError: ServedNamespace['onInternalError'];
    readonly tellOnce: ServedNamespace['tellOnce'];
    readonly emission: EmitterMeans;
    readonly journalBytes: SharedBytes;
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
    journal: new Journal({ shared: journalBytes }),
    faults: keptFaults(namespace),
    emitter: new Emitter(namespace, keptDeliveryFaults(namespace), emission),
    onExchange,
    onInternalError,
    tellOnce,
    wait: (milliseconds) => new Promise((resolve) => time.wait(milliseconds, resolve)),
  };
}
