import type { components as ApiTree } from '../generated/apitree.ts';
import type { components as Authentic } from '../generated/authentic.ts';
import type { components as Hive } from '../generated/hive.ts';
import type { components as Hover } from '../generated/hover.ts';
import type { components as Rehive } from '../generated/rehive.ts';

/** The records of the bundled APIs by collection, as their documents type them. */
export interface RecordTypes {
  apitree: {
    webhooks: ApiTree['schemas']['Webhook'];
    apis: ApiTree['schemas']['Api'];
    releases: ApiTree['schemas']['Release'];
  };
  authentic: {
    hooks: Authentic['schemas']['HookRecord'];
    items: Authentic['schemas']['Item'];
    scans: Authentic['schemas']['Scan'];
    contents: Authentic['schemas']['Content'];
    groups: Authentic['schemas']['Group'];
  };
  hive: {
    customers: Hive['schemas']['Customer'];
    sessions: Hive['schemas']['Session'];
    checks: Hive['schemas']['Check'];
    reports: Hive['schemas']['Report'];
    files: Hive['schemas']['File'];
    webhooks: Hive['schemas']['Webhook'];
  };
  hover: {
    webhooks: Hover['schemas']['Webhook'];
    verifications: Hover['schemas']['Verification'];
    jobs: Hover['schemas']['Job'];
  };
  rehive: {
    webhooks: Rehive['schemas']['Webhook'];
    webhook_tasks: Rehive['schemas']['WebhookTaskRecord'];
    webhook_requests: Rehive['schemas']['WebhookRequestRecord'];
    users: Rehive['schemas']['User'];
    emails: Rehive['schemas']['Email'];
    mobiles: Rehive['schemas']['Mobile'];
    addresses: Rehive['schemas']['Address'];
    documents: Rehive['schemas']['Document'];
    bank_accounts: Rehive['schemas']['BankAccount'];
    crypto_accounts: Rehive['schemas']['CryptoAccount'];
    currencies: Rehive['schemas']['Currency'];
    accounts: Rehive['schemas']['Account'];
    transactions: Rehive['schemas']['Transaction'];
  };
}
