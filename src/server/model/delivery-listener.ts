import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';

export type DeliveryListener = (delivery: DeliveryEntry, attempt: AttemptEntry | undefined) => void;
