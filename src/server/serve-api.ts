import type { AttemptEntry } from '../model/attempt.ts';
import type { ApiDocument, Operation, SecurityAlternative } from '../openapi/document/document.ts';
import type { CredentialExtension } from '../openapi/document/extension.ts';
import { inferResources, type ResourceModel } from '../openapi/infer/infer-resources.ts';
import { createRouter, type Router } from '../openapi/request/router.ts';
import { createValidators, type Validators } from '../openapi/schema/validators.ts';
import type { Principal, Provider, SettingValue } from '../providers/model/provider.ts';
import type { CommittingUnit } from '../state/unit-of-work.ts';
import { type AttemptPlan, makeAttempt } from '../webhooks/make-attempt.ts';
import { AccessTokens } from './auth/access-tokens.ts';
import { type Authority, authenticate, type Presented } from './auth/authenticate.ts';
import { allScopes, type Credential, credentialsOf } from './auth/credentials.ts';
import { behave, type Call } from './behave.ts';
import { emitChanges } from './emission/emit-changes.ts';
import type { Admits } from './emission/make-deliveries.ts';
import { handleRequest } from './handle-request.ts';
import type { ApiRequest, ApiResponse } from './model/api-message.ts';
import type { ServedNamespace } from './namespaces/serve-namespace.ts';
import { type OperationPlan, planOperation } from './plan-operation.ts';
import { settingsOf } from './settings.ts';

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
  readonly provider: Provider | undefined;
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Origins of the document's servers, such as `https://files.hive.id`, which answers replace by the caller's. */
  readonly origins: readonly string[];
  /** Answers one request, at once where nothing has to be waited for; never throws or rejects. */
  handle(served: ServedNamespace, request: ApiRequest): ApiResponse | Promise<ApiResponse>;
  /** Who is asking; undefined where an operation is open to all. Throws `unauthorized` or `forbidden`. */
  authenticate(security: readonly SecurityAlternative[], presented: Presented): Principal | undefined;
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

interface ServeOptions {
  readonly provider?: Provider | undefined;
  readonly credentials?: Readonly<Record<string, CredentialExtension>> | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** Makes a loaded document ready to serve. Throws `config-invalid` for unknown settings. */
export function serveApi(document: ApiDocument, options: ServeOptions = {}): ServedApi {
  const credentials: ReadonlyMap<string, Credential> = credentialsOf(document, options.credentials);
  const validators = createValidators(document);
  const plans = new Map<Operation, OperationPlan>();
  const api: ServedApi = {
    name: document.name,
    kind: 'api',
    document,
    router: createRouter(document),
    validators,
    model: inferResources(document),
    provider: options.provider,
    settings: settingsOf(document, options.settings),
    origins: originsOf(document),
    schemes: document.securitySchemes,
    credentials,
    tokens: new AccessTokens(document.name, credentials, allScopes(document)),
    handle(served, request) {
      return handleRequest(this, served, request);
    },
    authenticate(security, presented) {
      return authenticate(this, security, presented);
    },
    planOf(operation) {
      let plan = plans.get(operation);
      if (!plan) {
        plan = planOperation(api, operation);
        plans.set(operation, plan);
      }
      return plan;
    },
    canBehave: (plan) => plan.behaviour !== undefined,
    behave(call) {
      return behave(this, call);
    },
    emit(unit, admits) {
      emitChanges(this, unit, admits);
    },
    attempt: makeAttempt,
  };
  return api;
}

/** Origins of all servers, operations' own included; relative server URLs have none. */
function originsOf(document: ApiDocument): readonly string[] {
  const urls = document.servers.map(({ url }) => url);
  for (const { definition } of document.operations)
    urls.push(...(definition.servers ?? []).map(({ url }) => url));
  const absolute = urls.filter((url) => /^https?:\/\/[^{}]+$/.test(url));
  return [...new Set(absolute.map((url) => new URL(url).origin))];
}
