import type { ApiDocument, Operation } from '../openapi/document/document.ts';
import type { CredentialExtension } from '../openapi/document/extension.ts';
import { withTokenEndpoints } from '../openapi/document/with-token-endpoints.ts';
import { inferResources, type Resource } from '../openapi/infer/infer-resources.ts';
import { isBundled } from '../openapi/load/bundled-apis.ts';
import { createRouter } from '../openapi/request/router.ts';
import { createValidators } from '../openapi/schema/validators.ts';
import type { Provider } from '../providers/model/provider.ts';
import { makeAttempt } from '../webhooks/make-attempt.ts';
import { AccessTokens } from './auth/access-tokens.ts';
import type { AuthMode } from './auth/auth-mode.ts';
import { authenticate } from './auth/authenticate.ts';
import { allScopes, type Credential, credentialsOf } from './auth/credentials.ts';
import { behave } from './behave.ts';
import { emitChanges } from './emission/emit-changes.ts';
import { handleRequest } from './handle-request.ts';
import type { OperationPlan } from './model/operation-plan.ts';
import type { ServedApi } from './model/served-api.ts';
import { planOperation } from './plan-operation.ts';
import { createRecordMaker } from './records/record-maker.ts';
import { readSettings } from './settings.ts';

interface ServeOptions {
  /** Absent: exact where credentials are named, in the document or the options; any well-formed ones where none are. */
  readonly auth?: AuthMode | undefined;
  /** What credentials are made from that nobody has named; absent: they are those of the document. */
  readonly secret?: string | undefined;
  /** The status of requests that break the document; absent: 422 or 400, as each operation declares. */
  readonly invalidStatus?: number | undefined;
  readonly provider?: Provider | undefined;
  readonly credentials?: Readonly<Record<string, CredentialExtension>> | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly invention?: Invention | undefined;
}

/** What is invented for a document that leaves it open. */
export interface Invention {
  /** How many records a collection begins with that a client can fill; others begin with some in any case. */
  readonly records?: number | undefined;
  /** Whether no collection begins with any. */
  readonly isEmpty?: boolean | undefined;
  /** Whether an id that nothing has made is unknown. */
  readonly strictIds?: boolean | undefined;
}

/** How many records a collection begins with that nothing can fill, where nobody says. */
const usualRecords = 5;

/** Makes a loaded document ready to serve. Throws `config-invalid` for unknown settings. */
export function serveApi(loaded: ApiDocument, options: ServeOptions = {}): ServedApi {
  const document = withTokenEndpoints(loaded);
  const credentials: ReadonlyMap<string, Credential> = credentialsOf(
    document,
    options.credentials,
    options.secret,
  );
  const auth = options.auth ?? authModeFor(document, options.credentials);
  const validators = createValidators(document);
  const model = inferResources(document);
  const { isEmpty = false, records = 0, strictIds = false } = options.invention ?? {};
  const count = ({ hidden, open }: Resource) => {
    if (isEmpty || hidden || open?.kind !== 'collection') return 0;
    return open.isCreated ? records : records || usualRecords;
  };
  const plans = new Map<Operation, OperationPlan>();
  const api: ServedApi = {
    name: document.name,
    kind: 'api',
    document,
    router: createRouter(document),
    validators,
    model,
    records: createRecordMaker({
      document,
      model,
      validators,
      strictIds,
      count,
      fills: records > 0 && !isEmpty,
    }),
    provider: options.provider,
    settings: readSettings(document, options.settings),
    invalidStatus: options.invalidStatus,
    origins: originsOf(document),
    schemes: document.securitySchemes,
    credentials,
    tokens: new AccessTokens(document.name, credentials, allScopes(document), auth),
    auth,
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

/** A document that names no credentials cannot mean that only certain ones are let in. */
function authModeFor(document: ApiDocument, given: ServeOptions['credentials']): AuthMode {
  const named = { ...document.extension.credentials, ...given };
  return Object.keys(named).length > 0 || isBundled(document.file) ? 'strict' : 'lenient';
}

/** Origins of all servers, operations' own included; relative server URLs have none. */
function originsOf(document: ApiDocument): readonly string[] {
  const urls = document.servers.map(({ url }) => url);
  for (const { definition } of document.operations)
    urls.push(...(definition.servers ?? []).map(({ url }) => url));
  const absolute = urls.filter((url) => /^https?:\/\/[^{}]+$/.test(url));
  return [...new Set(absolute.map((url) => new URL(url).origin))];
}
