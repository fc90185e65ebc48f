import type { DeliveryEntry } from '../../model/delivery.ts';
import type { DeliveryLog } from '../../model/delivery-log.ts';
import type { Dispatcher } from '../../webhooks/dispatcher.ts';
import type { DeliveryListener } from './delivery-listener.ts';
import type { PreparedRequest } from './mock.ts';

/** What fires the webhooks of one namespace, as the rest of the server sees it. */
export interface NamespaceEmitter {
  /** Whether a delivery of so many bytes may wait beside those that do. */
  readonly admits: (bytes: number) => boolean;
  readonly dispatcher: Dispatcher;
  readonly log: DeliveryLog;
  /** What an attempt at a delivery would send now. Throws `usage` for a secret that its scheme cannot use. */
  prepare(delivery: DeliveryEntry): PreparedRequest;
  /** Tells of every delivery that changed; returns how to stop. */
  on(listener: DeliveryListener): () => void;
  /** Lets attempts under way end, and starts no more. */
  close(): Promise<void>;
}
