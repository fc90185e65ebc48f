import type { ApiDocument, Operation } from '../openapi/document.ts';
import type { CredentialExtension } from '../openapi/extension.ts';
import { inferResources, type ResourceModel } from '../openapi/infer-resources.ts';
import { createRouter, type Router } from '../openapi/router.ts';
import { createValidators, type Validators } from '../openapi/validators.ts';
import type { Provider, SettingValue } from '../providers/provider.ts';
import { AccessTokens } from './access-tokens.ts';
import type { ApiResponse } from './api-message.ts';
import type { Authority } from './authenticate.ts';
import { behave, type Call } from './behave.ts';
import { allScopes, type Credential, credentialsOf } from './credentials.ts';
import { type OperationPlan, planOperation } from './operation-plan.ts';
import { settingsOf } from './settings.ts';

/** One API as it is served: its document with all that is computed from it once. */
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
  /** The plan of an operation, made on first use and kept. */
  planOf(operation: Operation): OperationPlan;
  /** Whether an operation does something; else it is answered by negotiation. */
  canBehave(plan: OperationPlan): boolean;
  /** Runs a behaviour and builds its answer; within a unit of work, unless it is the admin API. */
  behave(call: Call): ApiResponse | Promise<ApiResponse>;
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
    planOf(operation) {
      let plan = plans.get(operation);
      if (!plan) {
        plan = planOperation(api, operation);
        plans.set(operation, plan);
      }
      return plan;
    },
    canBehave: (plan) => plan.behaviour !== undefined,
    behave: (call) => behave(api, call),
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
