import type { Operation } from '../../openapi/document/document.ts';
import { noViolations } from '../../openapi/schema/validators.ts';
import type { BehaviourContext } from '../../providers/model/provider.ts';
import { handleRequest } from '../../server/handle-request.ts';
import type { ApiRequest, ApiResponse } from '../../server/message/api-message.ts';
import type { OperationPlan } from '../../server/model/operation-plan.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import type { ServedNamespace } from '../../server/model/served-namespace.ts';
import type { UnitCollection, UnitOfWork } from '../../state/unit-of-work.ts';

/** One call of a mutant's operation on its way. */
export interface MutantCall {
  readonly api: ServedApi;
  readonly served: ServedNamespace;
  readonly request: ApiRequest;
  /** Answers the request, or another one, as the API, or another one, would. */
  next(request?: ApiRequest, api?: ServedApi): Promise<ApiResponse>;
}

/** An API whose calls of one operation go another way. */
export function aroundCalls(
  api: ServedApi,
  operation: Operation,
  way: (call: MutantCall) => Promise<ApiResponse>,
): ServedApi {
  return {
    ...api,
    async handle(this: ServedApi, served, request) {
      if (operationOfCall(api, request) !== operation) return api.handle.call(this, served, request);
      const next: MutantCall['next'] = async (sent = request, by = this) => handleRequest(by, served, sent);
      return way({ api: this, served, request, next });
    },
  };
}

/** An API that answers calls of one operation, once it has, otherwise. */
export function alterAnswers(
  api: ServedApi,
  operation: Operation,
  change: (response: ApiResponse, call: MutantCall) => ApiResponse | Promise<ApiResponse>,
): ServedApi {
  return aroundCalls(api, operation, async (call) => change(await call.next(), call));
}

/** An API with another plan for some operations. */
export function alterPlan(
  api: ServedApi,
  operations: readonly Operation[],
  change: (plan: OperationPlan) => OperationPlan,
): ServedApi {
  const changed = new Map<Operation, OperationPlan>();
  return {
    ...api,
    planOf(asked) {
      if (!operations.includes(asked)) return api.planOf(asked);
      const plan = changed.get(asked) ?? change(api.planOf(asked));
      changed.set(asked, plan);
      return plan;
    },
  };
}

/** An API that answers also what breaks its document, as a server does that knows of none. */
export function tolerant(api: ServedApi): ServedApi {
  const plans = new Map<Operation, OperationPlan>();
  return {
    ...api,
    validators: { ...api.validators, validate: () => noViolations },
    planOf(operation) {
      let plan = plans.get(operation);
      if (!plan) {
        const healthy = api.planOf(operation);
        plan = { ...healthy, answer: { ...healthy.answer, check: () => noViolations } };
        plans.set(operation, plan);
      }
      return plan;
    },
  };
}

/** An API some of whose operations work on another view of the state. */
export function alterUnit(
  api: ServedApi,
  operations: readonly Operation[],
  change: (unit: UnitOfWork, context: BehaviourContext) => UnitOfWork,
): ServedApi {
  return alterPlan(tolerant(api), operations, (plan) => {
    const { behaviour } = plan;
    if (!behaviour) return plan;
    return {
      ...plan,
      behaviour: (context) => behaviour({ ...context, unit: change(context.unit, context) }),
    };
  });
}

/** A unit of work whose collections, those of the engine left out, are seen otherwise. */
export function viewCollections(
  unit: UnitOfWork,
  view: (collection: UnitCollection, name: string) => Partial<UnitCollection>,
): UnitOfWork {
  return {
    namespace: unit.namespace,
    api: unit.api,
    now: unit.now,
    collection(name) {
      const inner = unit.collection(name);
      return name.startsWith('_') ? inner : viewed(inner, view(inner, name));
    },
    derive: (collection, key) => unit.derive(collection, key),
    emit: (event) => unit.emit(event),
    schedule: (task) => unit.schedule(task),
  };
}

/** No version equals another, so that no list is kept that was made from what is not there. */
function viewed(inner: UnitCollection, view: Partial<UnitCollection>): UnitCollection {
  return {
    version: Number.NaN,
    get nextOrdinal() {
      return inner.nextOrdinal;
    },
    get: (id) => inner.get(id),
    list: () => [...inner.list()],
    takeOrdinal: () => inner.takeOrdinal(),
    insert: (id, value) => inner.insert(id, value),
    replace: (id, value) => inner.replace(id, value),
    delete: (id) => inner.delete(id),
    ...view,
  };
}

/** A request whose body can be read more than once. */
export function rereadable(request: ApiRequest): ApiRequest {
  let read: ReturnType<ApiRequest['readBody']> | undefined;
  return {
    ...request,
    baseUrl: request.baseUrl,
    readBody(limit) {
      read ??= request.readBody(limit);
      return read;
    },
  };
}

/** The operation that a request is for; undefined where it is for none. */
export function operationOfCall(api: ServedApi, { method, url }: ApiRequest): Operation | undefined {
  try {
    const found = api.router.find(method, url.split('?', 1)[0] ?? '');
    return found && 'operation' in found ? found.operation : undefined;
  } catch {
    return undefined;
  }
}
