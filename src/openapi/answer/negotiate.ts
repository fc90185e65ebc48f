import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { isWritable } from '../content/write-content.ts';
import { isSequenceType } from '../content/write-sequence.ts';
import { type BodyExample, bodyExamples } from '../document/declared-examples.ts';
import type { ApiDocument, MediaType, Operation, ResponseDefinition } from '../document/document.ts';
import { isJsonType, parseMediaType } from '../document/media-type.ts';
import { methods } from '../document/methods.ts';
import { recordPropertiesOf } from '../document/record-properties.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { exceedsGeneratedSize } from '../sample/generated-size.ts';
import { type ChosenMediaType, chooseMediaType } from './choose-media-type.ts';
import type { PrismOperation } from './choose-prism-answer.ts';
import { chooseResponse } from './choose-response.ts';
import type { Preference } from './read-preference.ts';

/** Which answer is wanted of an operation. */
export interface NegotiationRequest {
  readonly preference: Preference;
  /** The Accept field, if there is one. */
  readonly accept: string | undefined;
  /** Generated answers are a function of it. */
  readonly seed: string;
  /** Whether a value is one the document allows; a generated one that is not is replaced by a sample of the schema. */
  readonly isValid: (status: number, mediaType: string, value: unknown) => boolean;
  /** @param turn tells samples of one schema apart that follow each other */
  readonly sample: (schema: Pointer, turn?: number) => unknown;
  /** How many values are made that follow each other. */
  readonly count: number;
  /** Whether samples of the schema are preferred to what prism generates. */
  readonly samples?: boolean;
}

export interface NegotiatedAnswer {
  readonly status: number;
  /** Undefined for no body. */
  readonly content:
    | {
        readonly chosen: ChosenMediaType;
        readonly value: unknown;
        /** Whether the document shows the value. */
        readonly isShown: boolean;
      }
    | undefined;
}

const prismMethods: ReadonlySet<string> = new Set(methods.filter((method) => method !== 'query'));

const prepared = new WeakMap<Operation, Promise<PrismOperation>>();

/**
 * Chooses a declared answer as the field's mock servers do, and fills it from an example or the schema. Where
 * samples are not preferred, `@stoplight/prism-http` is needed, which is loaded here and nowhere else, with the first such answer.
 *
 * @throws SparringError `preference-unknown` for a status or an example the operation does not declare; `not-acceptable`.
 */
export async function negotiate(
  document: ApiDocument,
  operation: Operation,
  request: NegotiationRequest,
): Promise<NegotiatedAnswer> {
  const { accept, preference } = request;
  const { code, dynamic = false, example } = preference;
  const found = typeof code === 'string' ? undefined : chooseResponse(operation, code);
  if (!found) throw refusal(document, operation, request);
  const { response, status } = found;
  if (!response || response.mediaTypes.length === 0) {
    if (example !== undefined) throw refusal(document, operation, request);
    return { status, content: undefined };
  }
  const shown = showing(document, response, example);
  const chosen = chooseMediaType(shown, accept);
  if (!chosen) throw refusal(document, operation, request);
  const answer = (value: unknown, isShown: boolean) => ({ status, content: { chosen, value, isShown } });
  const examples = bodyExamples(document, chosen.declared).filter(
    ({ name }) => example === undefined || name === example,
  );
  const [first] = examples;
  if (first && (example !== undefined || !dynamic)) {
    const valid =
      example === undefined && examples.find(({ value }) => request.isValid(status, chosen.name, value));
    return answer((valid || first).value, true);
  }
  return answer(await generated(document, operation, { status, chosen, dynamic }, request), false);
}

/** The media types of an answer; where an example is wanted, those that show it. */
function showing(
  document: ApiDocument,
  { mediaTypes }: ResponseDefinition,
  example: string | undefined,
): readonly MediaType[] {
  if (example === undefined) return mediaTypes;
  return mediaTypes.filter((media) => bodyExamples(document, media).some(({ name }) => name === example));
}

interface Generation {
  readonly status: number;
  readonly chosen: ChosenMediaType;
  readonly dynamic: boolean;
}

/** A value of the schema; undefined where there is none, or only bytes. */
async function generated(
  document: ApiDocument,
  operation: Operation,
  { chosen, dynamic, status }: Generation,
  request: NegotiationRequest,
): Promise<unknown> {
  const { declared, name } = chosen;
  const { itemSchema, schema } = declared;
  if (itemSchema !== undefined && isSequenceType(parseMediaType(name)?.essence ?? ''))
    return Array.from({ length: request.count }, (_, turn) => itemOf(document, itemSchema, turn, request));
  if (!isWritable(name)) return undefined;
  if (schema === undefined) return isJson(name) ? {} : '';
  if (request.samples || !isJson(name) || !prismMethods.has(operation.method)) return request.sample(schema);
  const { choosePrismAnswer, toPrismOperation, withoutInventions } = await import('./choose-prism-answer.ts');
  let ready = prepared.get(operation);
  if (!ready) {
    ready = toPrismOperation(document, operation);
    prepared.set(operation, ready);
  }
  // A generator that writes all schemas out has no end where they ask for much, or for each other.
  if (exceedsGeneratedSize(resolverOf(document), schema)) return request.sample(schema);
  const wanted = { dynamic, code: status, mediaTypes: [declared.name] };
  const made = choosePrismAnswer(await ready, wanted, request.seed);
  if (made instanceof Error) return request.sample(schema);
  const value = withoutInventions(document, schema, made.generate());
  return value !== undefined && request.isValid(status, name, value) ? value : request.sample(schema);
}

/** One of the values that follow each other; a text in it that is to hold JSON holds a sample of that. */
function itemOf(document: ApiDocument, schema: Pointer, turn: number, request: NegotiationRequest): unknown {
  const item = request.sample(schema, turn);
  if (!isObject(item)) return item;
  const held = [...recordPropertiesOf(document, schema)].flatMap(([name, at]) => {
    const inner = pointerTo(at, 'contentSchema');
    const isHeld = typeof item[name] === 'string' && document.resolve(inner) !== undefined;
    return isHeld ? [[name, JSON.stringify(request.sample(inner, turn))] as const] : [];
  });
  return { ...item, ...Object.fromEntries(held) };
}

function isJson(name: string): boolean {
  return isJsonType(parseMediaType(name)?.essence ?? '');
}

function refusal(
  document: ApiDocument,
  operation: Operation,
  { preference, accept }: NegotiationRequest,
): SparringError {
  if (accept !== undefined && preference.code === undefined && preference.example === undefined) {
    return new SparringError(
      'not-acceptable',
      `${operation.id} answers nothing that "${accept.slice(0, 200)}" accepts.`,
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
    { next: `It declares the statuses ${statuses || 'none'}${exampleNames(document, operation)}.` },
  );
}

function exampleNames(document: ApiDocument, { responses }: Operation): string {
  const named = ({ name }: BodyExample) => (name === 'example' ? [] : [name]);
  const names = responses.flatMap(({ mediaTypes }) =>
    mediaTypes.flatMap((media) => bodyExamples(document, media).flatMap(named)),
  );
  return names.length > 0 ? ` and the examples ${[...new Set(names)].join(', ')}` : '';
}
