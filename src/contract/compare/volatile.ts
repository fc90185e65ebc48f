/** The form of a text (a UUID, a date, …), as far as the text alone shows it. */
export type TextForm = 'uuid' | 'date-time' | 'date' | 'url' | 'opaque' | 'word' | 'prose';

const forms: readonly (readonly [TextForm, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['date-time', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['url', /^(?:[a-z][a-z+.-]*:)?\/\/\S+$/i],
  // Tokens, hashes, signatures: long, without blanks, with digits among the webhooks.
  ['opaque', /^(?=\S*\d)(?=\S*[a-z])[\w+/=.~-]{20,}$/i],
  ['word', /^\S{0,64}$/],
];

export function formOf(text: string): TextForm {
  return forms.find(([, pattern]) => pattern.test(text))?.[0] ?? 'prose';
}

/** Names of what is made anew on each server and at each time: ids, times, secrets, places, counts. */
const volatileWords =
  /(?:^|_)(?:ids?|uuid|guid|token|secret|key|hash|hmac|signature|nonce|etag|cursor|ur[il]|href|links?|self|next|prev|previous|created|updated|modified|date|time|timestamp|expires|expiry|exp|iat|at|count|total|trace|instance|request)(?:_|$)/;

/** Formats of a schema whose values are never the same on two servers. */
export const volatileFormats: ReadonlySet<unknown> = new Set([
  'uuid',
  'date-time',
  'date',
  'time',
  'uri',
  'uri-reference',
  'url',
  'byte',
  'binary',
  'password',
]);

/** Whether a field's name says that its value is another one on each server. */
export function isVolatileName(name: string): boolean {
  const snake = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return volatileWords.test(snake);
}

/** Whether the keys of an object are ids rather than names. */
export function isIdKey(key: string): boolean {
  return /^\d+$/.test(key) || formOf(key) === 'uuid' || formOf(key) === 'opaque';
}
