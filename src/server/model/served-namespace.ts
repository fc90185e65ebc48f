import type { EventEntry } from '../../model/event.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { ApiRequest } from '../message/api-message.ts';
import type { Exchange } from '../message/exchange.ts';
import type { Faults } from '../traffic/faults.ts';
import type { Journal } from '../traffic/journal.ts';
import type { NamespaceEmitter } from './namespace-emitter.ts';

/** A namespace with what the server keeps about it beside its state. */
export interface ServedNamespace {
  readonly namespace: Namespace;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly emitter: NamespaceEmitter;
  /** What its units of work have told, oldest first; the latest thousand at least. */
  readonly events: readonly EventEntry[];
  /** Told of every exchange that went into the journal. */
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  /** Told of what went wrong inside the mock; the caller is told only that something did. */
  readonly onInternalError: ((error: unknown, request: ApiRequest) => void) | undefined;
  /** Tells the log what it should know of a document, once. */
  readonly tellOnce: (message: string) => void;
  /** Waits in real time, as latency does. */
  wait(milliseconds: number): Promise<void>;
}
