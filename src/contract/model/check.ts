import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ApiCollections } from '../../openapi/infer/api-collections.ts';
import type { ResourceModel } from '../../openapi/infer/infer-resources.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import type { CaseRun } from './case-run.ts';
import type { Finding } from './finding.ts';
import type { Grade } from './grade.ts';
import type { CasePhase } from './phase.ts';

/** What checks may look at, beside the run. */
export interface JudgeContext {
  readonly document: ApiDocument;
  readonly validators: Validators;
  readonly model: ResourceModel;
  readonly collections: ApiCollections;
  /** Whether the server runs on this machine, so that its credentials are good and nobody else's records are in the way. */
  readonly isLoopback: boolean;
  /** Whether it is a mock of ours, which takes whatever the document allows and knows what the run made. */
  readonly isMock?: boolean;
  /** Whether nobody else changes what the run sees, so that whole lists can be compared. */
  readonly exclusive: boolean;
}

/** One rule. Pure: the same run gives the same findings. */
export interface Check {
  /** Its file's name. */
  readonly id: string;
  readonly grade: Grade;
  /** The rule in one sentence. */
  readonly rule: string;
  /** What it cannot see, in one sentence. */
  readonly blindTo: string;
  /** Only cases of these phases are shown to it; absent: all. */
  readonly phases?: readonly CasePhase[];
  /** What it finds in one case; empty: the case says nothing about the rule. */
  judge(run: CaseRun, context: JudgeContext): readonly Finding[];
  /** What it finds in all cases together, by the index of the case; for rules such as unique ids. */
  judgeAll?(runs: readonly CaseRun[], context: JudgeContext): readonly (Finding & { readonly run: number })[];
}
