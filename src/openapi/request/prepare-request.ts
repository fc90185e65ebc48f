import { SparringError, type Violation } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { ApiDocument, MediaType, Operation } from '../document/document.ts';
import { schemaContext } from '../schema/schema-context.ts';
import { noViolations, type Validators } from '../schema/validators.ts';
import { planBody } from './body-plan.ts';
import { planParameters } from './parameter-plan.ts';
import { type ParsedBody, parseBody } from './parse-body.ts';
import { type HeaderFields, type ParsedParameters, parseParameters } from './parse-parameters.ts';

/** A request's parameters and body as values, and what of them breaks the document. */
export interface RequestInput extends ParsedParameters {
  readonly body: unknown;
  /** The declared media type the body was read as; undefined without one. */
  readonly mediaType: MediaType | undefined;
  /** The body as it was sent, where that is text. */
  readonly text?: string | undefined;
  readonly violations: readonly Violation[];
}

/** All that reading and validating the requests of one operation takes; made once and kept. */
export interface RequestPlan {
  readonly operation: Operation;
  /** Whether the document declares a body; bodies of other operations need not be read. */
  readonly hasBody: boolean;
  /**
   * Reads, coerces and validates a request.
   *
   * @param params decoded texts of the path's parameters, from the router
   * @param query what follows `?`, as it was sent
   * @param headers by lower-case name
   * @param body its bytes (none: empty or undefined), or the value that somebody upstream has already parsed
   * @returns a promise for multipart forms only; what breaks the document is in `violations`
   * @throws SparringError `malformed-url`, `malformed-body`, `unsupported-media-type`; `document-invalid` for a schema that
   *   cannot be compiled
   */
  validate(
    params: Readonly<Record<string, string>>,
    query: string,
    headers: HeaderFields,
    body: unknown,
  ): RequestInput | Promise<RequestInput>;
}

export function prepareRequest(
  document: ApiDocument,
  validators: Validators,
  operation: Operation,
): RequestPlan {
  const context = schemaContext(document, validators);
  const parameters = planParameters(operation, context);
  const bodies = planBody(operation, context);

  return {
    operation,
    hasBody: bodies !== undefined,
    validate(params, query, headers, body) {
      const parsed = parseParameters(parameters, params, query, headers);
      if (!bodies) return join(parsed, noBody);
      assertIdentity(headers);
      const read = parseBody(
        bodies,
        fieldOf(headers, 'content-type'),
        isUnsent(body, headers) ? undefined : body,
      );
      return read instanceof Promise ? read.then((later) => join(parsed, later)) : join(parsed, read);
    },
  };
}

const noBody: ParsedBody = { body: undefined, mediaType: undefined, violations: noViolations };

function join(parsed: ParsedParameters, { body, mediaType, text, violations }: ParsedBody): RequestInput {
  const { length } = parsed.violations;
  return {
    path: parsed.path,
    query: parsed.query,
    headers: parsed.headers,
    cookies: parsed.cookies,
    unknownQuery: parsed.unknownQuery,
    body,
    mediaType,
    text,
    violations:
      violations.length === 0
        ? parsed.violations
        : length === 0
          ? violations
          : [...parsed.violations, ...violations],
  };
}

/** Parsers upstream leave an empty object where a request has no body at all. */
function isUnsent(body: unknown, headers: HeaderFields): boolean {
  if (body === undefined || body instanceof Uint8Array) return false;
  if (headers['content-type'] !== undefined || headers['transfer-encoding'] !== undefined) return false;
  const length = fieldOf(headers, 'content-length');
  return (length === undefined || length === '0') && Object.keys(objectOrEmpty(body)).length === 0;
}

function assertIdentity(headers: HeaderFields): void {
  const coding = fieldOf(headers, 'content-encoding');
  if (coding === undefined || coding.toLowerCase() === 'identity') return;
  throw new SparringError(
    'unsupported-media-type',
    `Bodies with Content-Encoding "${coding.slice(0, 40)}" are not read.`,
    {
      next: 'Send the body without a Content-Encoding.',
      // RFC 9110, section 12.5.3: tells the client that the coding was at fault.
      headers: { 'accept-encoding': 'identity' },
    },
  );
}

function fieldOf(headers: HeaderFields, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}
