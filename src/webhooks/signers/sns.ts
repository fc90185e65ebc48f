import { sign, verify } from 'node:crypto';
import { childOf } from '../../json/json-pointer.ts';
import { newPrivateKey, privateKeyOf, publicKeyOf } from './asymmetric-key.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { parseJsonBody, parseJsonObject, serialiseJsonBody, signedText } from './json-body.ts';
import { choiceOption, refuseUnknownOptions, textOption } from './options.ts';
import { invalid, type Signer, type SignerOptions, type SigningInput } from './signer.ts';

type Message = Readonly<Record<string, unknown>>;

const ofNotification = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const ofConfirmation = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
const hashes: Readonly<Record<string, 'sha1' | 'sha256'>> = { 1: 'sha1', 2: 'sha256' };

/** Name and value of each signed field that is there, a line each. */
function contentOf(message: unknown): Buffer {
  const names = childOf(message, 'Type') === 'Notification' ? ofNotification : ofConfirmation;
  const lines = names.flatMap((name) => {
    const value = childOf(message, name);
    return value === undefined || value === null ? [] : [`${name}\n${signedText(value)}\n`];
  });
  return Buffer.from(lines.join(''), 'utf8');
}

/** The body as the message it is, or as the text of a notification about it. */
function messageOf({ body, id, timestamp }: SigningInput, options: SignerOptions): Message {
  const parsed = parseJsonBody(body);
  const isMessage = typeof childOf(parsed, 'Type') === 'string' && childOf(parsed, 'Message') !== undefined;
  const given = isMessage ? parseJsonObject(body, 'sns') : { Message: Buffer.from(body).toString('utf8') };
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: textOption(options, 'topicArn', 'arn:aws:sns:us-east-1:123456789012:sparring'),
    ...given,
    Timestamp: new Date(timestamp * 1000).toISOString(),
  };
}

/**
 * RSA over chosen fields of the body, which is an SNS message: the delivery's own body is its `Message` unless it is one already. The
 * secret is a private RSA key; a receiver here takes its certificate or public key. Options: `version` (`1`: SHA-1, `2`: SHA-256),
 * `topicArn`, `certificateUrl`. Source: Amazon SNS, "Verifying the signatures of Amazon SNS messages".
 */
export const snsSigner: Signer = {
  check(options) {
    refuseUnknownOptions(options, ['version', 'topicArn', 'certificateUrl']);
    choiceOption(options, 'version', ['1', '2']);
    for (const name of ['topicArn', 'certificateUrl']) textOption(options, name, '');
  },
  exampleSecret: () => newPrivateKey('rsa-sha256'),
  write(input, options) {
    const [secret] = input.secrets;
    if (secret === undefined) return {};
    const message = messageOf(input, options);
    const version = choiceOption(options, 'version', ['1', '2']);
    const content = input.corrupt ? Buffer.from(' ') : contentOf(message);
    const signature = sign(hashes[version], content, privateKeyOf(secret, 'rsa-sha256'));
    const url = textOption(options, 'certificateUrl', 'https://sns.us-east-1.amazonaws.com/sparring.pem');
    const signed = {
      SignatureVersion: version,
      Signature: signature.toString('base64'),
      SigningCertURL: url,
    };
    return { body: serialiseJsonBody({ ...message, ...signed }) };
  },
  sign({ body, secrets }) {
    if (secrets.length === 0) return {};
    const message = parseJsonBody(body);
    const named = [
      ['x-amz-sns-message-type', 'Type'],
      ['x-amz-sns-message-id', 'MessageId'],
      ['x-amz-sns-topic-arn', 'TopicArn'],
    ].map(([header = '', name = '']) => [header, signedText(childOf(message, name))]);
    return { 'Content-Type': 'text/plain; charset=UTF-8', ...Object.fromEntries(named) };
  },
  verify(delivery) {
    const message = parseJsonBody(delivery.body);
    const [signature, version, stamp] = ['Signature', 'SignatureVersion', 'Timestamp'].map((name) =>
      childOf(message, name),
    );
    if (signature === undefined) return invalid('signature-missing', 'The body has no "Signature".');
    const algorithm = typeof version === 'string' ? hashes[version] : undefined;
    const timestamp = typeof stamp === 'string' ? Math.floor(Date.parse(stamp) / 1000) : Number.NaN;
    if (typeof signature !== 'string' || algorithm === undefined || Number.isNaN(timestamp))
      return invalid(
        'signature-malformed',
        'The body needs a Signature, a SignatureVersion of "1" or "2", and a Timestamp.',
      );
    const bytes = Buffer.from(signature, 'base64');
    const secretIndex = delivery.secrets.findIndex(
      (secret) =>
        bytes.toString('base64') === signature &&
        verify(algorithm, contentOf(message), publicKeyOf(secret, 'rsa-sha256'), bytes),
    );
    if (secretIndex < 0)
      return invalid('signature-mismatch', 'The Signature of the body does not fit its fields and the key.');
    return checkTimestamp(timestamp, delivery) ?? { valid: true, secretIndex, timestamp };
  },
};
