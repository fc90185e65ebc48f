import { authorize, createOauthToken } from './hover/oauth.ts';
import {
  listHoverWebhooks,
  registerHoverWebhook,
  requestVerification,
  verifyHoverWebhook,
} from './hover/webhooks.ts';
import type { Provider } from './model/provider.ts';

/** What Hover does beyond its document. */
export const hoverProvider: Provider = {
  behaviours: {
    authorize,
    createToken: createOauthToken,
    registerWebhook: registerHoverWebhook,
    listWebhooks: listHoverWebhooks,
    verifyWebhook: verifyHoverWebhook,
    requestVerification,
  },
};
