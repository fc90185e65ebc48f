import type { AttemptEntry } from './attempt.ts';
import type { DeliveryEntry, DeliveryFilter } from './delivery.ts';

/** The pending deliveries of one endpoint. */
export interface PendingEndpoint {
  readonly api: string;
  readonly endpoint: string;
  readonly count: number;
  /** The earliest due time among them. */
  readonly dueAt: number;
}

/** The deliveries and attempts of one namespace, read without loading them all. */
export interface DeliveryLog {
  get(id: string): DeliveryEntry | undefined;
  /** Newest first. */
  list(
    filter: DeliveryFilter,
    page: { readonly limit: number; readonly offset: number },
  ): readonly DeliveryEntry[];
  count(filter: DeliveryFilter): number;
  /** Of one delivery, in their order. */
  attempts(delivery: string): readonly AttemptEntry[];
  /** Every endpoint that has pending deliveries. */
  pendingEndpoints(): readonly PendingEndpoint[];
  /** Pending deliveries of one endpoint by due time, then number, `offset` of them left out. */
  pending(
    api: string,
    endpoint: string,
    page: { readonly limit: number; readonly offset: number },
  ): readonly DeliveryEntry[];
  /** UTF-8 bytes of the bodies of all pending deliveries. */
  pendingBytes(): number;
}
