import { authorize, createToken } from './hover/oauth.ts';
import { listWebhooks, registerWebhook, requestVerification, verifyWebhook } from './hover/webhooks.ts';
import type { Provider } from './model/provider.ts';

/** What Hover does beyond its document. */
export const hover: Provider = {
  behaviours: {
    authorize,
    createToken,
    registerWebhook,
    listWebhooks,
    verifyWebhook,
    requestVerification,
  },
};
