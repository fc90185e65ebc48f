import { rightReceiver } from '../check-receiver/corpus.ts';
import type { Delivery } from '../check-receiver/delivery.ts';
import { type Subject, secrets } from '../check-receiver/providers.ts';
import type { Steps } from '../check-receiver/steps.ts';
import type { ReceivedRequest, Verify } from './received-request.ts';

function requestOf({ url, headers, body }: Delivery): ReceivedRequest {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return { url, headers: Object.fromEntries(single), body };
}

/** The right receiver of a subject, which leaves verification to a provider's library. */
export function sdkReceiver(subject: Subject, verify: Verify): Steps {
  return {
    ...rightReceiver(subject),
    async verify(delivery) {
      return verify(requestOf(delivery), secrets[subject]);
    },
  };
}
