/**
 * The `x-sparring` extension: what OpenAPI has no word for. Its JSON Schema is `openapi/x-sparring.schema.json`, against
 * which every document is checked at load; these types say the same.
 */

/** `x-sparring` at the root of a document. */
export interface DocumentExtension {
  /** Demo credentials by the name of a security scheme. */
  readonly credentials?: Readonly<Record<string, CredentialExtension>>;
  readonly errors?: ErrorExtension;
  /** Resources by collection name; corrects or adds to what is inferred. */
  readonly resources?: Readonly<Record<string, ResourceExtension>>;
  /** What stands in for the outside world, by `<collection>.<name>`, such as completing a session. */
  readonly controls?: Readonly<Record<string, ControlExtension>>;
  /** Knobs of the provider, changed by `--set <api>.<name>=value` or the configuration file. */
  readonly settings?: Readonly<Record<string, SettingExtension>>;
  /** Other spellings of a documented path that are answered too: `{ "/webhook/{id}": "/webhooks/{id}" }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Request fields whose documented value steers the mock, for `explain`: field path → sentence. */
  readonly magic?: Readonly<Record<string, string>>;
  /** How the webhooks of this document are delivered; see `webhooks/parse-policy.ts` for its fields. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  readonly subscriptions?: readonly SubscriptionExtension[];
  /** Whether state is invented where the document leaves it open: records to begin with, ids from nothing, what actions do; default: not for the bundled APIs. */
  readonly invents?: boolean;
}

/** A record change that fires a webhook. */
export interface EmitExtension {
  /** Name under `webhooks`. */
  readonly event: string;
  /**
   * A JSON Schema over `{ before, after, changed, settings }`, where `before` is null for a new record and `after` for a deleted one,
   * and `changed` lists the fields that differ; absent: every change.
   */
  readonly when?: unknown;
  /** A template over `$before`, `$after`, `$subscription`, `$delivery`, `$event`, `$now`, `$setting`; absent: `$after`. */
  readonly payload?: unknown;
  /** `subscribers` (default): every subscription that matches; `self`: the changed record alone, which is a subscription. */
  readonly to?: 'subscribers' | 'self';
}

/** A collection whose records subscribe to webhooks. Values are templates over `$subscription` and what the event's template sees. */
export interface SubscriptionExtension {
  readonly collection: string;
  /** Where to deliver to, such as `$subscription#/url`. */
  readonly url: string;
  /** A name, a list of names, or a list of objects with `name`; absent: all events. */
  readonly events?: unknown;
  /** The name that stands for all events, such as `*`. */
  readonly any?: string;
  /** A text, or a list with the newest first. */
  readonly secret?: unknown;
  /** A JSON Schema over `{ subscription, before, after, event, settings }` that says whether it is told; absent: always. */
  readonly when?: unknown;
  /** Delivery settings that go over the document's and the webhook's. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  /** Records written in the unit that makes a delivery. */
  readonly onDelivery?: readonly WriteExtension[];
  /** Records written together with the outcome of each attempt. */
  readonly onAttempt?: readonly WriteExtension[];
  /** Records written when an answer, or failures in a row, disable the subscription. */
  readonly onDisable?: readonly WriteExtension[];
}

/** One record written by the emitter. */
export interface WriteExtension {
  /** A JSON Schema over `{ subscription, delivery, attempt, settings }`. */
  readonly when?: unknown;
  /** Absent: the subscription's own. */
  readonly collection?: string;
  /** The record; absent: the subscription itself, or a new record where `collection` is another. */
  readonly id?: string;
  /** Fields to set, as templates that also see `$delivery` and `$attempt`. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** `x-sparring` on a webhook (beside its methods) or on its operation. */
export interface WebhookExtension {
  /** Delivery settings that go over the document's. */
  readonly delivery?: Readonly<Record<string, unknown>>;
}

export interface CredentialExtension {
  /** HTTP Basic, and the OAuth2 password flow. */
  readonly username?: string;
  readonly password?: string;
  /** OAuth2: what the client shows at the token endpoint. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** A bearer token or API key that is always accepted. */
  readonly token?: string;
  /** The operation that issues tokens for this scheme; such tokens expire by the namespace's clock. */
  readonly issuedBy?: string;
  /** What an issued access token looks like; absent: `opaque`. */
  readonly format?: 'opaque' | 'jwt';
  /** Lifetime of an issued token in seconds. */
  readonly expiresIn?: number;
  /** Scopes the demo credential holds; absent: all that the document names. */
  readonly scopes?: readonly string[];
}

export interface ErrorExtension {
  /** Media type of an error body; default `application/json`. */
  readonly mediaType?: string;
  /** The body, with `{status}`, `{reason}` (of the status), `{code}`, `{title}`, `{message}` filled in inside its strings. A string that is only `{status}` becomes a number, `{reasons}` the messages of what in the request is at fault, `{fields}` an object of these by field. */
  readonly body: unknown;
  /** What `{message}` is by error code, where the provider always says the same. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Status by error code where the provider differs from the table in errors.ts. */
  readonly statuses?: Readonly<Record<string, number>>;
}

export interface ResourceExtension {
  /** JSON pointer of the record's schema, such as `#/components/schemas/Customer`. */
  readonly schema?: string;
  /** The field that identifies a record; default `id`. */
  readonly id?: string;
  /** List order: a field, `-` before it for descending; ties go by creation order in the same direction. */
  readonly order?: string;
  /** Fields set when a record is created and when it is updated, and their unit. */
  readonly timestamps?: {
    readonly created?: string;
    readonly updated?: string;
    readonly unit?: 'seconds' | 'milliseconds' | 'date-time';
  };
  /** Values of fields a caller may omit on create. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Collections whose records go with this one: collection → the field there that holds this record's id. */
  readonly cascade?: Readonly<Record<string, string>>;
  /** Fields of this resource that hold another's id: field → collection. */
  readonly relations?: Readonly<Record<string, string>>;
  /** Kept in the state but not served by any operation (and not by generic actions). */
  readonly hidden?: boolean;
  /** Webhooks that a change of a record fires, whoever changes it. */
  readonly emits?: readonly EmitExtension[];
}

export interface ControlExtension {
  readonly summary: string;
  /** JSON pointer of the body's schema, if it takes one. */
  readonly body?: unknown;
}

export interface SettingExtension {
  readonly description: string;
  readonly default: string | number | boolean | null;
  /** `duration` is written as `500ms`, `2s`, `5m`, `1h` or a number of milliseconds, and reaches the provider in milliseconds. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'duration';
  readonly enum?: readonly string[];
}

export type Action = 'create' | 'list' | 'read' | 'update' | 'delete';

/** `x-sparring` on an operation. */
export interface OperationExtension {
  readonly resource?: string;
  /** `token`: an OAuth 2.0 token endpoint; `none`: nothing is done. */
  readonly action?: Action | 'token' | 'none';
  /** The security scheme a token endpoint issues for; absent: the one `issuedBy` it, else the only OAuth2 scheme. */
  readonly scheme?: string;
  /** `merge` leaves omitted fields alone, `replace` does not; default by method (PATCH, PUT). */
  readonly update?: 'merge' | 'replace';
  /** Fields that the operation sets in the record that its path names, such as `{ status: cancelled }`; with `action: update`. */
  readonly sets?: Readonly<Record<string, unknown>>;
  /** The status to answer with, where several 2xx are declared. */
  readonly status?: number;
  /** Webhooks that a success of the operation fires; their templates see `$request` and `$response` as well. */
  readonly emits?: readonly EmitExtension[];
  /** How an answer is sent whose values follow each other, such as events. */
  readonly stream?: StreamExtension;
}

/** How a stream is sent; absent: three items at once. */
export interface StreamExtension {
  /** Items that are made where the document shows none. */
  readonly count?: number;
  /** Time from one item to the next: milliseconds, or a duration such as `200ms`. */
  readonly interval?: string | number;
  /** Whether the connection stays open after the last item. */
  readonly open?: boolean;
}
