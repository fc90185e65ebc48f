import { styleText } from 'node:util';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry } from '../../model/delivery.ts';

/** One JSON object for a delivery that changed; its URL may hold credentials, and is shown without. */
export function deliveryJson(delivery: DeliveryEntry, attempt: AttemptEntry | undefined): string {
  const { api, attempts, event, id, reason, state, url } = delivery;
  const status = attempt?.response?.status ?? null;
  const outcome = {
    status,
    milliseconds: attempt?.milliseconds,
    error: attempt?.error?.message,
    flag: attempt?.flag,
  };
  const shown = { delivery: id, api, webhook: event, url: withoutCredentials(url), attempts, state, reason };
  return JSON.stringify({ level: 'info', event: 'delivery', ...shown, ...outcome });
}

/** The same as a short line, such as `→ 200 hive check.completed http://… 4 ms`. */
export function deliveryLine(
  delivery: DeliveryEntry,
  attempt: AttemptEntry | undefined,
  stream: NodeJS.WriteStream,
): string {
  const { api, event, reason, state, url } = delivery;
  const isFine = attempt?.succeeded === true;
  const result = attempt?.response ? String(attempt.response.status) : (attempt?.error?.code ?? state);
  const color = isFine ? 'green' : state === 'pending' ? 'yellow' : 'red';
  const took = attempt ? ` ${attempt.milliseconds} ms` : '';
  const line = `→ ${styleText(color, result, { stream })} ${api} ${event} ${withoutCredentials(url)}${took}`;
  return isFine || state === 'delivered'
    ? line
    : [line, `    ${reason ?? attempt?.error?.message ?? state}`].join('\n');
}

function withoutCredentials(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  parsed.username = '';
  parsed.password = '';
  parsed.search = parsed.search === '' ? '' : '?…';
  return parsed.href;
}
