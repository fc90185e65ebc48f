import { type InvalidVerification, invalid, type ReceivedDelivery } from './signer.ts';

/** Unix seconds from the digits of a header; undefined for anything else. */
export function parseTimestamp(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Says what is wrong with a stamp (Unix seconds), or undefined when it lies within the tolerance on either side. */
export function checkTimestamp(
  timestamp: number,
  delivery: ReceivedDelivery,
): InvalidVerification | undefined {
  const age = delivery.now - timestamp;
  if (age > delivery.tolerance) {
    return invalid(
      'timestamp-too-old',
      `The delivery was stamped ${age} s ago; ${delivery.tolerance} s are tolerated.`,
    );
  }
  if (age < -delivery.tolerance) {
    return invalid(
      'timestamp-too-new',
      `The delivery is stamped ${-age} s ahead of this clock; ${delivery.tolerance} s are tolerated.`,
    );
  }
  return undefined;
}
