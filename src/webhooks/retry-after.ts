const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * Milliseconds a `Retry-After` field asks to wait: seconds or an HTTP date in any of its three forms (RFC 9110, 5.6.7
 * and 10.2.3), a date compared with `now` (milliseconds since the Unix epoch). Undefined for anything else.
 */
export function parseRetryAfter(value: string, now: number): number | undefined {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!httpDate.test(text)) return undefined;
  // The oldest form, asctime, says no zone and means GMT.
  const date = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
