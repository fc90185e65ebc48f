import { createHmac } from 'node:crypto';
import { type Delivery, headerOf, nowInSeconds, sameText } from '../delivery.ts';

/** Five minutes, as the libraries of Standard Webhooks allow on either side. */
const tolerance = 300;

/** The signed bytes: id, stamp and body, joined by full stops. */
export function standardContent(id: string, stamp: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${stamp}.`), body]);
}

/** `v1,<base64>` by a secret of the form `whsec_<base64>`. */
export function standardSignature(secret: string, content: Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

/** Whether a stamp is a number of seconds within the tolerance. */
export function standardStampIsFresh(stamp: string): boolean {
  return /^\d+$/.test(stamp) && Math.abs(nowInSeconds() - Number(stamp)) <= tolerance;
}

/** Whether a delivery is signed by one of the secrets, and fresh. */
export function verifyStandard(delivery: Delivery, secrets: readonly string[]): boolean {
  const [id, stamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(delivery, name),
  );
  if (!id || !stamp || !given || !standardStampIsFresh(stamp)) return false;
  const content = standardContent(id, stamp, delivery.body);
  const expected = secrets.map((secret) => standardSignature(secret, content));
  return given.split(' ').some((one) => expected.some((right) => sameText(one, right)));
}
