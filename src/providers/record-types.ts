import type { components as ApiTree } from './generated/apitree.ts';
import type { components as Authentic } from './generated/authentic.ts';
import type { components as Hive } from './generated/hive.ts';
import type { components as Hover } from './generated/hover.ts';

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
}
