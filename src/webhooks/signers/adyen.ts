import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { childOf } from '../../json/json-pointer.ts';
import { hmacDigest } from './hmac-digest.ts';
import { parseJsonBody, parseJsonObject, serialiseJsonBody, signedText } from './json-body.ts';
import { refuseUnknownOptions } from './options.ts';
import { sameText } from './same-text.ts';
import { invalid, type Signer } from './signer.ts';

/** What of an item is signed, in this order. */
const signedFields = [
  ['pspReference'],
  ['originalReference'],
  ['merchantAccountCode'],
  ['merchantReference'],
  ['amount', 'value'],
  ['amount', 'currency'],
  ['eventCode'],
  ['success'],
] as const;

function signatureOf(item: unknown, secret: string, corrupt = false): string {
  const values = signedFields.map((names) => signedText(names.reduce<unknown>(childOf, item)));
  return hmacDigest('hex', 'sha256', 'base64', secret, [values.join(':'), corrupt ? ' ' : '']);
}

/** The notifications of a body; undefined where it does not have the form. */
function itemsOf(body: unknown): readonly Readonly<Record<string, unknown>>[] | undefined {
  const items = childOf(body, 'notificationItems');
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const found = items.map((item) => childOf(item, 'NotificationRequestItem'));
  return found.every(isObject) ? found : undefined;
}

function signedItem(item: Readonly<Record<string, unknown>>, signature: string): Record<string, unknown> {
  const data = isObject(item.additionalData) ? item.additionalData : {};
  return { ...item, additionalData: { ...data, hmacSignature: signature } };
}

/**
 * HMAC-SHA256 over eight values of each notification, joined by `:`, in its `additionalData.hmacSignature`; the secret is hex.
 * Source: Adyen, "Verify HMAC signatures", and its library.
 */
export const adyenSigner: Signer = {
  check: (options) => refuseUnknownOptions(options, []),
  exampleSecret: () => '00'.repeat(32),
  write({ body, corrupt, secrets: [secret] }) {
    if (secret === undefined) return {};
    const whole = parseJsonObject(body, 'adyen');
    const items = itemsOf(whole);
    if (!items) {
      throw new SparringError('usage', 'The body has no notification for a signature of the scheme adyen.', {
        next: 'Give it { "notificationItems": [ { "NotificationRequestItem": { … } } ] }.',
      });
    }
    const notificationItems = items.map((item) => ({
      NotificationRequestItem: signedItem(item, signatureOf(item, secret, corrupt)),
    }));
    return { body: serialiseJsonBody({ ...whole, notificationItems }) };
  },
  sign: () => ({}),
  verify({ body, secrets }) {
    const items = itemsOf(parseJsonBody(body));
    if (!items) return invalid('signature-malformed', 'The body has no notificationItems of Adyen’s form.');
    const signatures = items.map((item) => childOf(item.additionalData, 'hmacSignature'));
    if (!signatures.every((signature) => typeof signature === 'string'))
      return invalid('signature-missing', 'A notification has no additionalData.hmacSignature.');
    const secretIndex = secrets.findIndex((secret) =>
      items.every((item, index) => sameText(signatures[index] ?? '', signatureOf(item, secret))),
    );
    if (secretIndex >= 0) return { valid: true, secretIndex };
    return invalid('signature-mismatch', 'An hmacSignature does not fit its notification and the secret.');
  },
};
