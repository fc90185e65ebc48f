import type { LargeSdks } from './install-large-sdks.ts';
import { accepted, type Verify } from './received-request.ts';

/** Stripe's own library, with its tolerance of five minutes. */
export function stripeVerifier({ load }: LargeSdks): Verify {
  const Stripe = load('stripe');
  const { webhooks } = new Stripe('sk_test_never_used');
  return ({ headers, body }, secret) =>
    accepted(() => webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret));
}
