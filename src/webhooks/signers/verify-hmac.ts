import { checkTimestamp, parseTimestamp } from './check-timestamp.ts';
import { stampPlaceholders } from './content.ts';
import type { HmacTemplate, SignatureHeader } from './hmac-options.ts';
import { fitsContent } from './sign-content.ts';
import { type InvalidVerification, invalid, type ReceivedDelivery, type Verification } from './signer.ts';
import { matchTemplate, placeholdersOf } from './template.ts';

/** The header that decides: the first, or with `legacy` the first that is there. */
function decidingHeader(
  template: HmacTemplate,
  delivery: ReceivedDelivery,
): SignatureHeader | InvalidVerification {
  const present = [template.signature, ...template.also].find(({ header }) =>
    delivery.headers.has(header.toLowerCase()),
  );
  const wanted = template.signature.header;
  if (present === undefined) return invalid('header-missing', `The header ${wanted} is missing.`);
  if (present === template.signature || template.legacy) return present;
  return invalid(
    'header-missing',
    `The header ${wanted} is missing; ${present.header} is there, and is accepted with the option legacy.`,
  );
}

function readHeader(
  header: string,
  value: string,
  delivery: ReceivedDelivery,
): ReadonlyMap<string, string> | InvalidVerification {
  const received = delivery.headers.get(header.toLowerCase());
  if (received === undefined) return invalid('header-missing', `The header ${header} is missing.`);
  return (
    matchTemplate(value, Buffer.from(received, 'latin1').toString('utf8')) ??
    invalid('header-malformed', `The header ${header} does not have the form ${value}.`)
  );
}

/** All that the sender stamped, read back from every header that carries a stamp; a stamp said twice must agree. */
function readStamps(
  template: HmacTemplate,
  signature: SignatureHeader,
  delivery: ReceivedDelivery,
): ReadonlyMap<string, string> | InvalidVerification {
  const carriers = template.headers.filter(([, value]) =>
    placeholdersOf(value).some((name) => stampPlaceholders.includes(name)),
  );
  const stamps = new Map<string, string>();
  for (const [header, value] of [[signature.header, signature.value] as const, ...carriers]) {
    const found = readHeader(header, value, delivery);
    if ('valid' in found) return found;
    for (const [name, text] of found) {
      if ((stamps.get(name) ?? text) !== text) {
        return invalid('header-malformed', `The headers disagree about {${name}}.`);
      }
      stamps.set(name, text);
    }
  }
  return stamps;
}

/** A date and time as RFC 3339, 5.6 writes it. */
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Unix seconds of the signed stamp; NaN for one that cannot be read, undefined where the scheme signs no time. */
function signedTime(template: HmacTemplate, stamps: ReadonlyMap<string, string>): number | undefined {
  for (const name of placeholdersOf(template.content)) {
    const stamp = stamps.get(name) ?? '';
    if (name === 'timestamp') return parseTimestamp(stamp) ?? Number.NaN;
    if (name === 'timestamp-ms') return Math.floor((parseTimestamp(stamp) ?? Number.NaN) / 1000);
    if (name === 'timestamp-rfc3339')
      return rfc3339.test(stamp) ? Math.floor(Date.parse(stamp) / 1000) : Number.NaN;
    if (name === 'date') return Math.floor(Date.parse(stamp) / 1000);
  }
  return undefined;
}

/** Checks a delivery against a template: header, stamps, signature, and then the time, in this order. */
export function verifyHmac(delivery: ReceivedDelivery, template: HmacTemplate): Verification {
  const signature = decidingHeader(template, delivery);
  if ('valid' in signature) return signature;
  const stamps = readStamps(template, signature, delivery);
  if ('valid' in stamps) return stamps;
  const { subscriptionId } = delivery;
  if (subscriptionId !== undefined && (stamps.get('subscription-id') ?? subscriptionId) !== subscriptionId) {
    return invalid('other-subscription', 'The delivery names another subscription.');
  }
  const timestamp = signedTime(template, stamps);
  if (Number.isNaN(timestamp))
    return invalid('header-malformed', 'The time the delivery is stamped with cannot be read.');
  const { body, url, method, headers } = delivery;
  const unsent = placeholdersOf(template.content).find(
    (name) => name.startsWith('header:') && !headers.has(name.slice(7).toLowerCase()),
  );
  if (unsent !== undefined) return invalid('header-missing', `The header ${unsent.slice(7)} is missing.`);
  const parts = { body, url, method, headers, stamps };
  const received = stamps.get('signature') ?? '';
  const secretIndex = delivery.secrets.findIndex((secret) =>
    fitsContent(template, signature, secret, parts, received),
  );
  if (secretIndex < 0) {
    return invalid(
      'signature-mismatch',
      `The signature in ${signature.header} does not fit the delivery and the secret.`,
    );
  }
  const late = timestamp === undefined ? undefined : checkTimestamp(timestamp, delivery);
  const id = placeholdersOf(template.content).includes('id') ? stamps.get('id') : undefined;
  return (
    late ?? {
      valid: true,
      secretIndex,
      ...(timestamp !== undefined && { timestamp }),
      ...(id !== undefined && { id }),
    }
  );
}
