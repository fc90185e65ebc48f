import type { components as Hive } from './generated/hive.ts';

/** The records of the bundled APIs by collection, as their documents type them. */
export interface RecordTypes {
  hive: {
    customers: Hive['schemas']['Customer'];
    sessions: Hive['schemas']['Session'];
    checks: Hive['schemas']['Check'];
    reports: Hive['schemas']['Report'];
    files: Hive['schemas']['File'];
    webhooks: Hive['schemas']['Webhook'];
  };
}
