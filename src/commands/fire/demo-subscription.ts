import type { Mock } from '../../server/model/mock.ts';

/** The first subscription among an API's fixtures: whose secret signs, and whose fields payloads name, where nobody says otherwise. */
export function demoSubscriptionOf(mock: Mock, api: string): { collection: string; id: string } | undefined {
  for (const collection of mock.webhooks.subscriptions(api)) {
    const [first] = mock.records(api, collection).ids();
    if (first !== undefined) return { collection, id: first };
  }
  return undefined;
}
