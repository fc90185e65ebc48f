import {
  apitreeSubscribes,
  createApitreeWebhook,
  listApitreeWebhooks,
  updateApitreeWebhook,
} from './apitree/webhooks.ts';
import type { Provider } from './model/provider.ts';

/** What ApiTree does beyond its document. */
export const apitreeProvider: Provider = {
  behaviours: {
    listWebhooks: listApitreeWebhooks,
    createWebhook: createApitreeWebhook,
    updateWebhook: updateApitreeWebhook,
    patchWebhook: updateApitreeWebhook,
  },
  subscribes: apitreeSubscribes,
};
