import { createAccessToken } from './hive/access-token.ts';
import { getReport } from './hive/check-reports.ts';
import { completeCheck, createCheck, deleteCheck, deleteCustomer } from './hive/checks.ts';
import { downloadFile } from './hive/download-file.ts';
import {
  cancelSession,
  completeSession,
  createSession,
  deleteSession,
  expireSession,
  finishSession,
} from './hive/sessions.ts';
import { createHiveWebhook } from './hive/webhooks.ts';
import type { Provider } from './model/provider.ts';

/** What Hive does beyond its document. */
export const hiveProvider: Provider = {
  behaviours: {
    createToken: createAccessToken,
    createSession,
    deleteSession,
    createCheck,
    deleteCheck,
    deleteCustomer,
    getReport,
    downloadFile,
    createWebhook: createHiveWebhook,
  },
  tasks: { completeCheck, completeSession, expireSession },
  controls: { 'sessions.complete': finishSession, 'sessions.cancel': cancelSession },
};
