/** Whose credentials a request carries. */
export type CredentialUse =
  | 'valid'
  | 'none'
  | 'wrong'
  | 'expired'
  | 'without-scope'
  /** One character of the right value is another. */
  | 'tampered'
  /** The right value under a scheme word that does not exist. */
  | 'wrong-scheme'
  /** The header field or parameter without a value. */
  | 'empty'
  /** The right user with a wrong password. */
  | 'wrong-password'
  /** The right key in another place of the request. */
  | 'misplaced'
  /** Only some of the schemes that an alternative asks for together. */
  | 'partial';

/** Of several ways to be let in, the one that a use of credentials is about. */
export interface CredentialsFor {
  /** Index into the operation's security; absent: the first that can be presented. */
  readonly alternative?: number;
  /** The scheme that is used otherwise than it should be, or left out; absent: all. */
  readonly scheme?: string;
}

/** Stands in a request for a part of a record that only the run knows. */
export interface Reference {
  /** Name of a need of the case, or of an earlier step that saves its answer. */
  readonly $from: string;
  /** Field of that record; a JSON pointer where it begins with `/`, a parameter of its path where it begins with `^`. */
  readonly field: string;
}

/** A body as a value and how it is written. */
export interface BodyTemplate {
  /** The Content-Type; undefined: none is sent. */
  readonly mediaType: string | undefined;
  /** A JSON value that may hold References; not looked at when `raw` is given. */
  readonly value: unknown;
  /** Text to send as it is. */
  readonly raw?: string;
  /** The media type by which the value is written, where it is not the one it is sent as. */
  readonly writtenAs?: string | undefined;
  /** Sent without its last character, so that it is no JSON any more. */
  readonly isCutOff?: boolean;
}

/** A request with values in place of texts; values may hold References. */
export interface RequestTemplate {
  /** Upper-case; another one than the operation's for method cases. */
  readonly method: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names as declared. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
  readonly body: BodyTemplate | undefined;
  readonly credentials: CredentialUse;
  readonly credentialsFor?: CredentialsFor;
  /** Values that are valid where References stand, by `<$from>.<field>`; for checks of the plan before the run. */
  readonly standIns?: Readonly<Record<string, unknown>>;
}
