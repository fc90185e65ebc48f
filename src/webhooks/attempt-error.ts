/** Why an attempt has no complete answer. */
export type AttemptErrorCode =
  | 'timeout'
  | 'blocked'
  | 'invalid-url'
  | 'invalid-header'
  | 'dns'
  | 'connection-refused'
  | 'connection-reset'
  | 'unreachable'
  | 'tls'
  | 'protocol'
  | 'too-many-redirects'
  | 'closed'
  | 'network';

export interface AttemptError {
  readonly code: AttemptErrorCode;
  readonly message: string;
}

/** An attempt's failure on its way to the result; it never leaves this folder. */
export class AttemptFailure extends Error {
  readonly code: AttemptErrorCode;
  constructor(code: AttemptErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const codes: Readonly<Record<string, AttemptErrorCode>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_DESTROYED: 'closed',
  UND_ERR_CLOSED: 'closed',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_INVALID_ARG: 'invalid-header',
};

const sentences: Readonly<Partial<Record<AttemptErrorCode, string>>> = {
  'connection-refused': 'Nothing listens at the target.',
  'connection-reset': 'The receiver closed the connection before its answer was complete.',
  unreachable: 'The target cannot be reached.',
  closed: 'Delivery was stopped.',
  protocol: 'What the receiver answered is not HTTP.',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function classify(code: string): AttemptErrorCode {
  const known = codes[code];
  if (known) return known;
  const isTls =
    /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;
  return isTls.test(code) ? 'tls' : 'network';
}

/** Whatever went wrong, as a stable code and a sentence. */
export function toAttemptError(error: unknown): AttemptError {
  if (error instanceof AttemptFailure) return { code: error.code, message: error.message };
  // The client's parser does not give each of its errors a code.
  const isParser = error instanceof Error && error.name === 'HTTPParserError';
  const code = isParser ? 'protocol' : classify(codeOf(error));
  const own = error instanceof Error && error.message !== '' ? error.message : 'The attempt failed.';
  return { code, message: sentences[code] ?? own };
}
