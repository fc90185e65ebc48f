import type { RecordValue } from '../../model/record.ts';
import type { ApiDocument, Operation } from '../../openapi/document/document.ts';
import type { StoredRecord } from '../../state/stored-record.ts';
import type { UnitOfWork } from '../../state/unit-of-work.ts';

/** JSON text that is ready to send, so that what has not changed is not serialised again. */
export class JsonText {
  readonly text: string;
  /** The same as a value, for the check against the document. */
  readonly value: () => unknown;

  constructor(text: string, value: () => unknown = () => JSON.parse(text)) {
    this.text = text;
    this.value = value;
  }
}

/** What a behaviour answers. The body is a JSON value, a record, ready JSON text, or bytes with their own content type. */
export interface BehaviourResult {
  readonly status: number;
  /** Names in lower case. A `location` that starts with `/` is a path below the API's mount. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `undefined` means no body. */
  readonly body?: unknown | StoredRecord | JsonText | Uint8Array;
  /** What became of the request that its answer does not show, such as a field that was dropped. */
  readonly notes?: readonly string[];
}

/** Who is asking, after authentication. */
export interface Principal {
  /** The security scheme that held. */
  readonly scheme: string;
  /** The username, client or demo account. */
  readonly subject: string;
  readonly scopes: readonly string[];
}

export type SettingValue = string | number | boolean | null;

export interface TokenClaims {
  readonly scheme: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Seconds from now on the namespace's clock. */
  readonly expiresIn: number;
}

/** A token as a token endpoint answers it (RFC 6749, section 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  /** Absent for a client that acts for itself. */
  readonly refresh_token?: string;
  /** Separated by spaces. */
  readonly scope: string;
}

/** RFC 6749, section 5.2. */
export interface TokenRefusal {
  readonly error:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'invalid_scope'
    | 'unauthorized_client'
    | 'unsupported_grant_type';
  readonly error_description: string;
}

/** Opaque access tokens that any namespace accepts and a reset or restart does not void. */
export interface TokenIssuer {
  issue(unit: UnitOfWork, claims: TokenClaims): string;
  /**
   * Answers a token request to the operation that issues a scheme's tokens, from that scheme's demo credential. The client
   * authenticates in the body, or by the Authorization header.
   */
  grant(
    unit: UnitOfWork,
    operation: Operation,
    body: Readonly<Record<string, unknown>>,
    authorization?: string,
  ): TokenAnswer | TokenRefusal;
  /** An authorization code for the demo account of the scheme, which `grant` takes once. */
  issueCode(unit: UnitOfWork, scheme: string): string;
}

/** What every behaviour, task and control gets. */
export interface ProviderContext {
  readonly api: ApiDocument;
  readonly unit: UnitOfWork;
  /** The api's settings with their overrides; durations in milliseconds. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly tokens: TokenIssuer;
}

export interface BehaviourContext extends ProviderContext {
  readonly operation: Operation;
  /** Validated and coerced by the document. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The declared media type that the body was read as. */
  readonly mediaType?: string | undefined;
  /** The Authorization header as it was sent; a document cannot declare it as a parameter. */
  readonly authorization: string | undefined;
  readonly principal: Principal | undefined;
}

export type Behaviour = (context: BehaviourContext) => BehaviourResult | Promise<BehaviourResult>;
/** Runs when a scheduled task falls due; `record` is what it was scheduled for. */
export type TaskHandler = (context: ProviderContext, record: StoredRecord) => void | Promise<void>;
/** Stands in for the outside world (`POST /_sparring/<api>/<collection>/<id>/<control>`); answers the record as it is afterwards. */
export type Control = (
  context: ProviderContext,
  record: StoredRecord,
  body: unknown,
) => StoredRecord | Promise<StoredRecord>;

/** An event on its way to a subscription. */
export interface SubscribesContext {
  readonly subscription: RecordValue;
  readonly event: string;
  readonly payload: unknown;
}

/** What no document can say about an API. Every part is keyed by a name the document declares. */
export interface Provider {
  /** By `operationId`. */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  /** By task name. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
  /** By `<collection>.<control>`. */
  readonly controls?: Readonly<Record<string, Control>>;
  /** Whether a subscription is told of an event that it subscribes to, where no schema can say it; default: it is. */
  readonly subscribes?: (context: SubscribesContext) => boolean;
}
