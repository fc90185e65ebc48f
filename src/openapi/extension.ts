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
  /** The webhook engine's parts; see the emitter. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  readonly subscriptions?: readonly Readonly<Record<string, unknown>>[];
}

export interface CredentialExtension {
  /** HTTP Basic, and the OAuth2 password flow. */
  readonly username?: string;
  readonly password?: string;
  /** A bearer token or API key that is always accepted. */
  readonly token?: string;
  /** The operation that issues tokens for this scheme; such tokens expire by the namespace's clock. */
  readonly issuedBy?: string;
  /** Lifetime of an issued token in seconds. */
  readonly expiresIn?: number;
  /** Scopes the demo credential holds; absent: all that the document names. */
  readonly scopes?: readonly string[];
}

export interface ErrorExtension {
  /** Media type of an error body; default `application/json`. */
  readonly mediaType?: string;
  /** The body, with `{status}`, `{code}`, `{title}`, `{message}` filled in inside its strings (a string that is only `{status}` becomes a number). */
  readonly body: unknown;
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
  readonly action?: Action | 'none';
  /** `merge` leaves omitted fields alone, `replace` does not; default by method (PATCH, PUT). */
  readonly update?: 'merge' | 'replace';
  /** The status to answer with, where several 2xx are declared. */
  readonly status?: number;
  readonly emits?: readonly Readonly<Record<string, unknown>>[];
}
