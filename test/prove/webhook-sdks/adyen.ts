import type { LargeSdks } from './install-large-sdks.ts';
import type { Verify } from './received-request.ts';

/** Adyen's own library; there is an item, and every one must be signed. `key` is hexadecimal. */
export function adyenVerifier({ load }: LargeSdks): Verify {
  const { hmacValidator: HmacValidator } = load('@adyen/api-library');
  const validator = new HmacValidator();
  return ({ body }, key) => {
    const { notificationItems } = JSON.parse(body.toString('utf8'));
    try {
      if (notificationItems.length === 0) return false;
      return notificationItems.every(({ NotificationRequestItem }: Record<string, unknown>) =>
        validator.validateHMAC(NotificationRequestItem, key),
      );
    } catch {
      return false;
    }
  };
}

/** Adyen's own library for its banking and management webhooks, which sign the whole body in the header `HmacSignature`. */
export function adyenPlatformVerifier({ load }: LargeSdks): Verify {
  const { hmacValidator: HmacValidator } = load('@adyen/api-library');
  const validator = new HmacValidator();
  return ({ headers, body }, key) =>
    validator.validateHMACSignature(key, headers.hmacsignature ?? '', body.toString('utf8'));
}
