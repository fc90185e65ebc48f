import { isObject } from '../../../json/is-object.ts';
import type { Arrival } from '../../model/webhook-run.ts';
import type { WebhookScript } from '../../model/webhook-script.ts';

/** Whether what arrived is the handshake's and not an event: it has the fields that answer it. */
export function isToHandshake({ json }: Pick<Arrival, 'json'>, { handshake }: WebhookScript): boolean {
  return (
    handshake !== undefined &&
    isObject(json) &&
    handshake.parameters.every((name) => Object.hasOwn(json, name))
  );
}
