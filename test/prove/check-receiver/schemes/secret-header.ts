import { type Delivery, headerOf, sameText } from '../delivery.ts';

/** Whether `Authorization: Secret <secret>` names one of the secrets. */
export function verifySecretHeader(delivery: Delivery, secrets: readonly string[]): boolean {
  const given = headerOf(delivery, 'authorization');
  return given !== undefined && secrets.some((secret) => sameText(given, `Secret ${secret}`));
}
