import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, MediaType, Operation } from '../document/document.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { exceedsGeneratedSize } from '../sample/generated-size.ts';
import { acceptedTypes } from './accept.ts';
import type { PrismOperation } from './choose-prism-answer.ts';
import { fileExample } from './file-example.ts';
import type { Preference } from './read-preference.ts';

/** Which answer is wanted of an operation. */
export interface NegotiationRequest {
  readonly preference: Preference;
  /** The Accept field, if there is one. */
  readonly accept: string | undefined;
  /** Generated answers are a function of it. */
  readonly seed: string;
  /** Whether a generated value is one the document allows; another is replaced by a sample of the schema. */
  readonly isValid: (status: number, mediaType: string, value: unknown) => boolean;
  readonly sample: (schema: Pointer) => unknown;
  /** Whether samples of the schema are preferred to what prism generates; example values of files are read then as well. */
  readonly samples?: boolean;
}

export interface NegotiatedAnswer {
  readonly status: number;
  readonly mediaType: string | undefined;
  /** A JSON value, or text for other media types; undefined for no body. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body's schema stands. */
  readonly schema?: Pointer | undefined;
  /** Whether the body is one that the document shows. */
  readonly isExample?: boolean;
}

const prepared = new WeakMap<Operation, Promise<PrismOperation>>();

/**
 * Chooses a declared answer as the field's mock servers do, and fills it from an example or the schema. Needs
 * `@stoplight/prism-http`, which is loaded here and nowhere else, with the first answer that needs it.
 *
 * @throws SparringError `preference-unknown` for a status or an example the operation does not declare; `not-acceptable`.
 */
export async function negotiate(
  document: ApiDocument,
  operation: Operation,
  request: NegotiationRequest,
): Promise<NegotiatedAnswer> {
  const { code, dynamic = false, example } = request.preference;
  const mediaTypes = acceptedTypes(request.accept);
  if (typeof code === 'string' || mediaTypes?.length === 0) throw refusal(document, operation, request);
  const {
    choosePrismAnswer: chooseAnswer,
    toPrismOperation,
    withoutInventions,
  } = await import('./choose-prism-answer.ts');
  let ready = prepared.get(operation);
  if (!ready) {
    ready = toPrismOperation(document, operation);
    prepared.set(operation, ready);
  }
  const wanted = {
    dynamic,
    ...(code !== undefined && { code }),
    ...(example !== undefined && { exampleKey: example }),
    ...(mediaTypes && { mediaTypes }),
  };
  const chosen = chooseAnswer(await ready, wanted, request.seed);
  if (chosen instanceof Error) throw refusal(document, operation, request, chosen);
  const { headers, mediaType } = chosen;
  // An interim status (RFC 9110, section 15.2) announces an answer, and cannot be one.
  const status = chosen.status < 200 ? 200 : chosen.status;
  if (mediaType === undefined) return { status, mediaType, body: undefined, headers };
  const schema = schemaOf(operation, status, mediaType);
  if (chosen.example && !dynamic)
    return { status, mediaType, body: chosen.example.value, headers, schema, isExample: true };
  if (request.samples) {
    const file = dynamic
      ? undefined
      : await fileExample(document, mediaTypeOf(operation, status, mediaType), example);
    if (file !== undefined) return { status, mediaType, body: file, headers, schema, isExample: true };
    if (schema !== undefined) return { status, mediaType, body: request.sample(schema), headers, schema };
  }
  // A generator that writes all schemas out has no end where they ask for much, or for each other.
  const isSmall = schema === undefined || !exceedsGeneratedSize(resolverOf(document), schema);
  const made = isSmall ? chosen.generate() : undefined;
  const generated = schema === undefined ? made : withoutInventions(document, schema, made);
  const isUsable = generated !== undefined && request.isValid(status, mediaType, generated);
  return {
    status,
    mediaType,
    body: isUsable || schema === undefined ? generated : request.sample(schema),
    headers,
  };
}

function schemaOf(operation: Operation, status: number, mediaType: string): string | undefined {
  return mediaTypeOf(operation, status, mediaType)?.schema;
}

function mediaTypeOf({ responses }: Operation, status: number, mediaType: string): MediaType | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const response = [String(status), range, 'default']
    .map((key) => responses.find((one) => one.status.toUpperCase() === key.toUpperCase()))
    .find(Boolean);
  return response?.mediaTypes.find(({ name }) => name === mediaType.toLowerCase());
}

function refusal(
  document: ApiDocument,
  operation: Operation,
  { preference, accept }: NegotiationRequest,
  cause?: Error,
): SparringError {
  if (accept !== undefined && preference.code === undefined && preference.example === undefined) {
    return new SparringError(
      'not-acceptable',
      `${operation.id} answers nothing that "${accept.slice(0, 200)}" accepts.`,
      { ...(cause && { cause }) },
    );
  }
  const statuses = operation.responses.map(({ status }) => status).join(', ');
  const wanted = [
    ...(preference.code === undefined ? [] : [`the status ${preference.code}`]),
    ...(preference.example === undefined ? [] : [`the example "${preference.example}"`]),
  ].join(' and ');
  return new SparringError(
    'preference-unknown',
    `${operation.id} declares no answer with ${wanted || 'what was preferred'}.`,
    {
      next: `It declares the statuses ${statuses || 'none'}${exampleNames(document, operation)}.`,
      ...(cause && { cause }),
    },
  );
}

function exampleNames(document: ApiDocument, { responses }: Operation): string {
  const names = responses.flatMap(({ mediaTypes }) =>
    mediaTypes.flatMap(({ pointer }) =>
      Object.keys(objectOrEmpty(objectOrEmpty(document.resolve(pointer)?.node).examples)),
    ),
  );
  return names.length > 0 ? ` and the examples ${[...new Set(names)].join(', ')}` : '';
}
