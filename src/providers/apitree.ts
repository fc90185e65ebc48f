import { createWebhook, listWebhooks, subscribes, updateWebhook } from './apitree/webhooks.ts';
import type { Provider } from './model/provider.ts';

/** What ApiTree does beyond its document. */
export const apitree: Provider = {
  behaviours: { listWebhooks, createWebhook, updateWebhook, patchWebhook: updateWebhook },
  subscribes,
};
