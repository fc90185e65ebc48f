import type { AttemptEntry } from '../../model/attempt.ts';
import type { ApiDocument, Operation, SecurityAlternative } from '../../openapi/document/document.ts';
import type { ResourceModel } from '../../openapi/infer/infer-resources.ts';
import type { Router } from '../../openapi/request/router.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import type { Principal, Provider, SettingValue } from '../../providers/model/provider.ts';
import type { CommittingUnit } from '../../state/unit-of-work.ts';
import type { AttemptPlan } from '../../webhooks/make-attempt.ts';
import type { Authority, PresentedCredentials } from '../auth/authenticate.ts';
import type { ApiRequest, ApiResponse } from '../message/api-message.ts';
import type { RecordMaker } from '../records/record-maker.ts';
import type { Admits } from './admits.ts';
import type { Call } from './call.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedNamespace } from './served-namespace.ts';

/**
 * One API as it is served: its document with all that is computed from it once. What it does is in its methods, which speak of
 * `this`, so that a copy of it with some of them replaced is another API that is served.
 */
export interface ServedApi extends Authority {
  readonly name: string;
  /** Traffic of the admin API is neither journaled nor disturbed by faults. */
  readonly kind: 'api' | 'admin';
  readonly document: ApiDocument;
  readonly router: Router;
  readonly validators: Validators;
  readonly model: ResourceModel;
  /** Makes the records of a document of one's own. */
  readonly records: RecordMaker;
  readonly provider: Provider | undefined;
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** The status of requests that break the document; absent: 422 or 400, as each operation declares. */
  readonly invalidStatus: number | undefined;
  /** Origins of the document's servers, such as `https://files.hive.id`, which answers replace by the caller's. */
  readonly origins: readonly string[];
  /** Answers one request, at once where nothing has to be waited for; never throws or rejects. */
  handle(served: ServedNamespace, request: ApiRequest): ApiResponse | Promise<ApiResponse>;
  /** Who is asking; undefined where an operation is open to all. Throws `unauthorized` or `forbidden`. */
  authenticate(
    security: readonly SecurityAlternative[],
    presented: PresentedCredentials,
  ): Principal | undefined;
  /** The plan of an operation, made on first use and kept. */
  planOf(operation: Operation): OperationPlan;
  /** Whether an operation does something; else it is answered by negotiation. */
  canBehave(plan: OperationPlan): boolean;
  /** Runs a behaviour and builds its answer; within a unit of work, unless it is the admin API. */
  behave(call: Call): ApiResponse | Promise<ApiResponse>;
  /** Adds to a unit on its way to commit the events that its changes fire, and their deliveries. */
  emit(unit: CommittingUnit, admits: Admits): void;
  /** Makes one attempt at a delivery; never rejects. */
  attempt(plan: AttemptPlan): Promise<AttemptEntry>;
}
