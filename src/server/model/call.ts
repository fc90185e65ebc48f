import type { RequestInput } from '../../openapi/request/prepare-request.ts';
import type { Principal } from '../../providers/model/provider.ts';
import type { ApiRequest } from '../message/api-message.ts';
import type { OperationPlan } from './operation-plan.ts';
import type { ServedNamespace } from './served-namespace.ts';

/** A request that was found, authenticated and validated. */
export interface Call {
  readonly served: ServedNamespace;
  readonly plan: OperationPlan;
  readonly request: ApiRequest;
  readonly input: RequestInput;
  readonly principal: Principal | undefined;
  /** Whether it is refused where its behaviour would change something. */
  readonly leavesNothing?: boolean;
}
