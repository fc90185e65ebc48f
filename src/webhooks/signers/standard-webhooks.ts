import { checkTimestamp, parseTimestamp } from './check-timestamp.ts';
import { headerText } from './header-text.ts';
import { choiceOption, headerNameOption, refuseUnknownOptions } from './options.ts';
import { invalid, type Signer, type SignerOptions } from './signer.ts';
import { readStandardWebhooksKey } from './standard-webhooks-key.ts';

interface Settings {
  readonly names: HeaderNames;
  readonly key: 'base64' | 'text';
}

interface HeaderNames {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
}

const kept = new WeakMap<SignerOptions, Settings>();

/** Header names, of which the option `prefix` replaces `webhook`; `key: text` takes secrets as they stand, without base64. */
function settingsOf(options: SignerOptions): Settings {
  let settings = kept.get(options);
  if (!settings) {
    const prefix = headerNameOption(options, 'prefix', 'webhook');
    const names = { id: `${prefix}-id`, timestamp: `${prefix}-timestamp`, signature: `${prefix}-signature` };
    settings = { names, key: choiceOption(options, 'key', ['base64', 'text']) };
    kept.set(options, settings);
  }
  return settings;
}

/** What is signed before the body: a byte for each character. */
function stampOf(id: string, timestamp: string): string {
  return `${id}.${timestamp}.`;
}

/**
 * The Standard Webhooks scheme: `<id>.<timestamp>.<body>` signed by HMAC-SHA256 (`v1`) or Ed25519 (`v1a`), one
 * signature for each secret that is still honoured, separated by spaces. Source: the Standard Webhooks specification.
 */
export const standardWebhooksSigner: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['prefix', 'key']);
    settingsOf(options);
  },
  sign({ id, timestamp, secrets, body }, options) {
    const { key: form, names } = settingsOf(options);
    const idText = headerText(id);
    const seconds = String(timestamp);
    const headers = { [names.id]: idText, [names.timestamp]: seconds };
    const stamp = stampOf(idText, seconds);
    const signatures = secrets.map((secret) => readStandardWebhooksKey(secret, form).sign(stamp, body));
    if (signatures.length > 0) headers[names.signature] = signatures.join(' ');
    return headers;
  },
  verify(delivery, options) {
    const { key: form, names } = settingsOf(options);
    const [id, stamp, signature] = [names.id, names.timestamp, names.signature].map((name) =>
      delivery.headers.get(name),
    );
    if (id === undefined || stamp === undefined || signature === undefined) {
      const missing = Object.values(names).filter((name) => !delivery.headers.has(name));
      return invalid('header-missing', `The header ${missing.join(' and ')} is missing.`);
    }
    const timestamp = parseTimestamp(stamp);
    if (timestamp === undefined)
      return invalid('header-malformed', `The header ${names.timestamp} is not Unix seconds.`);
    const signed = stampOf(id, stamp);
    const candidates = signature.split(' ');
    const secretIndex = delivery.secrets.findIndex((secret) => {
      const key = readStandardWebhooksKey(secret, form);
      return candidates.some((candidate) => key.accepts(candidate, signed, delivery.body));
    });
    if (secretIndex < 0) {
      return invalid(
        'signature-mismatch',
        `No signature in ${names.signature} fits the delivery and the secret.`,
      );
    }
    return checkTimestamp(timestamp, delivery) ?? { valid: true, secretIndex, timestamp, id };
  },
};
