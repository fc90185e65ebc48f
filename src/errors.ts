/**
 * Every error Sparring raises, in one table: its HTTP status where a client sees it, its title, and what to do next.
 * A code is stable; it is also the last segment of the RFC 9457 problem `type`.
 */
const errorTable = {
  // What a client of the mock can meet.
  'operation-not-found': {
    status: 404,
    title: 'No such operation',
    next: 'See GET /_sparring/apis for what is served here.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    next: 'Use one of the methods in the Allow header.',
  },
  'record-not-found': {
    status: 404,
    title: 'Not found',
    next: 'List the collection to see which ids exist.',
  },
  unauthorized: {
    status: 401,
    title: 'Unauthorized',
    next: 'Send the demo credentials that the start table prints.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    next: 'Use credentials with the scope the operation asks for.',
  },
  'origin-refused': { status: 403, title: 'Origin refused', next: 'Allow it with --cors <origin>.' },
  'host-refused': {
    status: 421,
    title: 'Host refused',
    next: 'Call the server by 127.0.0.1 or localhost, or allow the name with --allow-host.',
  },
  'malformed-url': {
    status: 400,
    title: 'Malformed URL',
    next: 'Percent-encode the path and query as UTF-8.',
  },
  'url-too-long': { status: 414, title: 'URL too long', next: 'Keep the URL under 8 KiB.' },
  'malformed-body': {
    status: 400,
    title: 'Malformed body',
    next: 'Send a body that parses as its Content-Type says.',
  },
  'body-too-large': { status: 413, title: 'Body too large', next: 'Send at most 10 MiB.' },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    next: 'Send one of the media types the operation declares.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    next: 'Accept one of the media types the operation answers with.',
  },
  'preference-unknown': {
    status: 404,
    title: 'Preference cannot be met',
    next: 'Prefer a status and an example that the operation declares.',
  },
  'invalid-request': { status: 400, title: 'Invalid request', next: 'Mend what the violations name.' },
  // What a token endpoint refuses (RFC 6749, section 5.2).
  'invalid-client': { status: 401, title: 'Invalid client', next: 'Send the demo client id and its secret.' },
  'invalid-grant': {
    status: 400,
    title: 'Invalid grant',
    next: 'Send the demo credentials that the start table prints, or a code or refresh token not used before.',
  },
  'invalid-scope': { status: 400, title: 'Invalid scope', next: 'Ask for scopes that the document names.' },
  'unauthorized-client': {
    status: 400,
    title: 'Unauthorized client',
    next: 'Give the credential a clientId in x-sparring or the configuration.',
  },
  'unsupported-grant-type': {
    status: 400,
    title: 'Unsupported grant type',
    next: 'Use a grant whose flow the security scheme declares.',
  },
  conflict: { status: 409, title: 'Conflict', next: 'Read the record again, then repeat the change.' },
  'limit-reached': { status: 403, title: 'Limit reached', next: 'Delete a record first.' },
  'unknown-webhook': {
    status: 404,
    title: 'Unknown webhook',
    next: 'Run sparring explain <api> to see its webhooks.',
  },
  'unknown-example': {
    status: 404,
    title: 'Unknown example',
    next: 'Name one of the examples that the document gives.',
  },
  'payload-invalid': {
    status: 422,
    title: 'The payload breaks the document',
    next: 'Mend what the violations name.',
  },
  'namespace-invalid': { status: 400, title: 'Invalid namespace', next: 'Use 1 to 64 of a-z, 0-9 and -.' },
  'namespace-limit': {
    status: 503,
    title: 'Too many namespaces',
    next: 'Drop one with DELETE /_sparring/namespaces/{name}.',
  },
  'state-full': {
    status: 507,
    title: 'State is full',
    next: 'Delete records, reset the state with POST /_sparring/state/reset, or drop namespaces.',
  },
  'storage-failed': {
    status: 503,
    title: 'State could not be stored',
    next: 'See the server log; nothing of this request was kept.',
  },
  'answer-invalid': {
    status: 500,
    title: 'The answer breaks the document',
    next: 'See the violations; the behaviour or the document is wrong.',
  },
  internal: { status: 500, title: 'Internal error', next: 'See the server log, and report it.' },
  // What whoever starts Sparring can meet.
  usage: { status: 500, title: 'Wrong usage', next: 'Run the command with --help.' },
  'config-invalid': {
    status: 500,
    title: 'Invalid configuration',
    next: 'Mend the configuration file where the message points.',
  },
  'unknown-api': {
    status: 404,
    title: 'Unknown API',
    next: 'Run sparring list to see the bundled APIs, or give the path of a document.',
  },
  'target-unreachable': {
    status: 502,
    title: 'Target unreachable',
    next: 'Check the URL, and that the server is running.',
  },
  'credentials-refused': {
    status: 401,
    title: 'Credentials refused',
    next: 'Check that the secret is set, whole, of this server, and not expired.',
  },
  'document-unreadable': {
    status: 500,
    title: 'Document cannot be read',
    next: 'Check the path and its permissions.',
  },
  'document-invalid': {
    status: 500,
    title: 'Invalid document',
    next: 'Mend the document where the message points.',
  },
  'fixtures-invalid': {
    status: 500,
    title: 'Invalid fixtures',
    next: 'Mend the fixtures where the message points.',
  },
  'port-in-use': {
    status: 500,
    title: 'Port in use',
    next: 'Choose another with --port, or 0 for any free one.',
  },
  'data-locked': {
    status: 500,
    title: 'Data in use',
    next: 'Stop the other server, or give each its own --data.',
  },
  'data-broken': {
    status: 500,
    title: 'Data file broken',
    next: 'Mend or move the file; Sparring never overwrites a file it cannot read.',
  },
  'data-unwritable': {
    status: 500,
    title: 'Data cannot be written',
    next: 'Give --data a file in a folder you may write to.',
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>;

export type ErrorCode = keyof typeof errorTable;

/** One broken rule of a document: where (`body/email`, `query/limit`, …), which rule, and a sentence. */
export interface Violation {
  readonly location: string;
  readonly code: string;
  readonly message: string;
}

/** What an error says to a client. */
export interface Problem {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** A full sentence; it never holds a secret, a stack or a private file path. */
  readonly message: string;
  readonly next: string;
  readonly violations: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;
}

interface ProblemOptions {
  /** What to do next, where the table's own advice is too general. */
  readonly next?: string;
  readonly violations?: readonly Violation[];
  /** Header fields the HTTP answer must carry, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface SparringErrorOptions extends ProblemOptions {
  readonly cause?: unknown;
}

const none: readonly Violation[] = [];
const noHeaders: Readonly<Record<string, string>> = {};

/** What an error of that code says, with nothing thrown. */
export function problemOf(code: ErrorCode, message: string, options: ProblemOptions = {}): Problem {
  const { status, title, next } = errorTable[code];
  return {
    code,
    status,
    title,
    message,
    next: options.next ?? next,
    violations: options.violations ?? none,
    headers: options.headers ?? noHeaders,
  };
}

/** The one error class. */
export class SparringError extends Error implements Problem {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly next: string;
  readonly violations: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: SparringErrorOptions = {}) {
    const { status, title, next } = errorTable[code];
    const { stackTraceLimit } = Error;
    // What a client did wrong is told in the answer; walking the stack for it would cost more than the answer.
    if (status < 500) Error.stackTraceLimit = 0;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'SparringError';
    this.code = code;
    this.status = status;
    this.title = title;
    this.next = options.next ?? next;
    this.violations = options.violations ?? none;
    this.headers = options.headers ?? noHeaders;
  }
}
