import type { Operation } from '../../openapi/document/document.ts';
import { parseAnswer } from './json-answers.ts';

/** A request to a mock as bytes, so that any two mocks are asked the same. */
export interface WitnessRequest {
  readonly method: string;
  /** Path and query below the mock's origin: `/hive/customers?limit=2`. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What a mock answered. */
export interface WitnessAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request that a healthy mock grants, behind all that it takes for that. */
export interface Script {
  readonly operation: Operation;
  readonly before: readonly WitnessRequest[];
  readonly request: WitnessRequest;
  readonly answer: WitnessAnswer;
}

/** What makes a mock fire an event, and the request by which somebody subscribes to it before. */
export interface WitnessCause {
  readonly event: string;
  /** The operation that fires it; undefined where only a control or the clock does. */
  readonly operation: Operation | undefined;
  readonly subscribe: readonly WitnessRequest[];
  readonly requests: readonly WitnessRequest[];
  readonly subscription: { readonly collection: string; readonly id: string };
}

/** A script with another last request. */
export function endingIn(
  { before, request }: Pick<Script, 'before' | 'request'>,
  change: Partial<WitnessRequest>,
): readonly WitnessRequest[] {
  return [...before, { ...request, ...change }];
}

/** The path and query of a request below the API's mount. */
export function belowMount(api: string, { path }: WitnessRequest): { path: string; query: string } {
  const below = path.startsWith(`/${api}/`) ? path.slice(api.length + 1) : path;
  const question = below.indexOf('?');
  return question < 0
    ? { path: below, query: '' }
    : { path: below.slice(0, question), query: below.slice(question + 1) };
}

/** A request with a JSON body. */
export function withJson(request: WitnessRequest, value: unknown): WitnessRequest {
  return { ...request, body: JSON.stringify(value) };
}

/** The JSON value of a request's or an answer's body; undefined where it is none. */
export function jsonOf({ body }: { readonly body: string | undefined }): unknown {
  return body === undefined ? undefined : parseAnswer(body);
}
