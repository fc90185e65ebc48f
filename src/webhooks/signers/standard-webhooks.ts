import { checkTimestamp, parseTimestamp } from './check-timestamp.ts';
import { headerText } from './header-text.ts';
import { headerNameOption, refuseUnknownOptions } from './options.ts';
import { invalid, type Signer, type SignerOptions } from './signer.ts';
import { readStandardWebhooksKey } from './standard-webhooks-key.ts';

/** Header names; the option `prefix` replaces `webhook`, as some senders keep an older name. */
function namesOf(options: SignerOptions) {
  const prefix = headerNameOption(options, 'prefix', 'webhook');
  return { id: `${prefix}-id`, timestamp: `${prefix}-timestamp`, signature: `${prefix}-signature` };
}

function contentOf(id: string, timestamp: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'latin1'), body]);
}

/**
 * The Standard Webhooks scheme: `<id>.<timestamp>.<body>` signed by HMAC-SHA256 (`v1`) or Ed25519 (`v1a`), one
 * signature for each secret that is still honoured, separated by spaces. Source: the Standard Webhooks specification.
 */
export const standardWebhooks: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['prefix']);
    namesOf(options);
  },
  sign({ id, timestamp, secrets, body }, options) {
    const names = namesOf(options);
    const idText = headerText(id);
    const stamps = { [names.id]: idText, [names.timestamp]: String(timestamp) };
    if (secrets.length === 0) return stamps;
    const content = contentOf(idText, String(timestamp), body);
    const signatures = secrets.map((secret) => readStandardWebhooksKey(secret).sign(content));
    return { ...stamps, [names.signature]: signatures.join(' ') };
  },
  verify(delivery, options) {
    const names = namesOf(options);
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
    const content = contentOf(id, stamp, delivery.body);
    const candidates = signature.split(' ');
    const secretIndex = delivery.secrets.findIndex((secret) => {
      const key = readStandardWebhooksKey(secret);
      return candidates.some((candidate) => key.accepts(candidate, content));
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
