import type { ServedApi } from '../server/model/served-api.ts';
import type { Mutation } from './mutants/mutant.ts';

/** What a suite said of a server. */
export interface SuiteVerdict {
  /** Whether it failed, as it should on a mutant. */
  readonly failed: boolean;
  /** What failed, or what was looked at to no avail, in a line. */
  readonly because: string;
}

/** Something that tests a server. */
export interface Suite {
  readonly name: string;
  /** Tests an API as it is served; what concerns a mutation may come first, and nothing more once something failed. */
  run(api: ServedApi, mutation: Mutation | undefined): Promise<SuiteVerdict>;
}
