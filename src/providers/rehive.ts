import type { Provider } from './model/provider.ts';
import { completeTransaction, failTransaction, initiateTransaction } from './rehive/transaction-controls.ts';
import {
  requestEmailVerification,
  requestMobileVerification,
  requestPasswordReset,
  requestSmsCode,
} from './rehive/user-requests.ts';
import {
  getWebhookTask,
  getWebhookTaskRequest,
  listWebhookTaskRequests,
  listWebhookTasks,
} from './rehive/webhook-tasks.ts';
import {
  createRehiveWebhook,
  deleteRehiveWebhook,
  getRehiveWebhook,
  listRehiveWebhooks,
  rehiveSubscribes,
  updateRehiveWebhook,
} from './rehive/webhooks.ts';

/** What Rehive does beyond its document: its envelopes and pages, conditions of webhooks, and what happens to users and transactions. */
export const rehiveProvider: Provider = {
  behaviours: {
    listWebhooks: listRehiveWebhooks,
    createWebhook: createRehiveWebhook,
    getWebhook: getRehiveWebhook,
    updateWebhook: updateRehiveWebhook,
    replaceWebhook: updateRehiveWebhook,
    deleteWebhook: deleteRehiveWebhook,
    listWebhookTasks,
    getWebhookTask,
    listWebhookTaskRequests,
    getWebhookTaskRequest,
  },
  controls: {
    'users.request_password_reset': requestPasswordReset,
    'users.request_email_verification': requestEmailVerification,
    'users.request_mobile_verification': requestMobileVerification,
    'users.request_sms_code': requestSmsCode,
    'transactions.initiate': initiateTransaction,
    'transactions.complete': completeTransaction,
    'transactions.fail': failTransaction,
  },
  subscribes: rehiveSubscribes,
};
