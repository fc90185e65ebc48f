import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';
import type { EventEntry } from '../../model/event.ts';
import type { ExpressionContext } from '../../openapi/expressions/runtime-expression.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';
import type { ServedApi } from '../model/served-api.ts';

/** What every template sees that is filled in a unit of work. */
export function unitContext(api: ServedApi, unit: UnitOfWork): ExpressionContext {
  return { settings: api.settings, now: unit.now };
}

export function eventContext({ id, name, at }: Omit<EventEntry, 'payload'>): ExpressionContext {
  return { event: { id, name, at } };
}

/** A delivery without its secrets. */
export function deliveryContext(delivery: DeliveryEntry): ExpressionContext {
  const { id, number, event, url, body, attempts, state, createdAt } = delivery;
  return { delivery: { id, number, event, url, body, attempts, state, createdAt } };
}

export function attemptContext({ number, at, succeeded, response, error }: AttemptEntry): ExpressionContext {
  return {
    attempt: {
      number,
      at,
      succeeded,
      statusCode: response?.status ?? null,
      responseText: response?.body ?? null,
      error: error?.message ?? null,
    },
  };
}
