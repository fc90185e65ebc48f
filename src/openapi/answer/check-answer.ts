import type { Violation } from '../../errors.ts';
import type {
  ApiDocument,
  MediaType,
  Operation,
  Parameter,
  ResponseDefinition,
} from '../document/document.ts';
import { declaresSuccess, findResponse } from '../document/find-response.ts';
import { findMediaType, isFormType, isJsonType, isXmlType, parseMediaType } from '../document/media-type.ts';
import { parameterKindOf, splitHeader } from '../request/parameter-kind.ts';
import { type SchemaContext, schemaContext } from '../schema/schema-context.ts';
import { typesAt } from '../schema/schema-shape.ts';
import { noViolations, type Validators } from '../schema/validators.ts';
import { acceptsAll } from './accept.ts';
import { type ChosenMediaType, chooseMediaType } from './choose-media-type.ts';

/** The checks of one operation's answers against the document; made once and kept. */
export interface AnswerCheck {
  /**
   * Whether the document allows an answer: its status, its media type, and for JSON its body. An undeclared status or media
   * type is a violation, as is a body where none is declared or none where one is.
   *
   * @param mediaType the Content-Type; undefined: there is no body
   * @param value the body as a JSON value; undefined: it is not JSON, and not looked at
   */
  check(status: number, mediaType: string | undefined, value: unknown): readonly Violation[];
  /** Whether the header fields are as declared: required ones present, all as their schemas say. Names are lower-case. */
  checkHeaders(status: number, headers: Readonly<Record<string, string>>): readonly Violation[];
  /**
   * What a status is answered with: of its declared media types the one that an Accept field asks for.
   *
   * @returns undefined where nothing is declared; null where nothing that is declared is accepted
   */
  mediaTypeOf(status: number, accept: string | undefined): ChosenMediaType | null | undefined;
}

export function prepareAnswerCheck(
  document: ApiDocument,
  validators: Validators,
  operation: Operation,
): AnswerCheck {
  const plans = new Map<number, ResponsePlan>();

  function planOf(status: number): ResponsePlan {
    let plan = plans.get(status);
    if (!plan) {
      const response = findResponse(operation, status);
      const preferred = chooseMediaType(response?.mediaTypes ?? [], undefined);
      plan = { response, preferred, accepted: new Map(), bodies: new Map() };
      plans.set(status, plan);
    }
    return plan;
  }

  return {
    check(status, mediaType, value) {
      const { bodies, response } = planOf(status);
      if (!response && status < 300 && !declaresSuccess(operation)) return noViolations;
      if (!response)
        return [
          undeclared(
            'status',
            'status',
            `${status}`,
            operation.responses.map((each) => each.status),
          ),
        ];
      if (mediaType === undefined) return checkAbsence(status, response.mediaTypes);
      let body = bodies.get(mediaType);
      if (!body) {
        body = checkOf(response.mediaTypes, mediaType, validators);
        bodies.set(mediaType, body);
      }
      return body(value);
    },
    checkHeaders(status, headers) {
      const violations =
        planOf(status).response?.headers.flatMap((header) =>
          checkHeader(schemaContext(document, validators), header, headers),
        ) ?? [];
      return violations.length === 0 ? noViolations : violations;
    },
    mediaTypeOf(status, accept) {
      const plan = planOf(status);
      return acceptsAll(accept) ? plan.preferred : acceptedOf(plan, accept);
    },
  };
}

/** What the document declares for one status. */
interface ResponsePlan {
  readonly response: ResponseDefinition | undefined;
  readonly preferred: ChosenMediaType | undefined;
  /** What was chosen, by the Accept fields that were met. */
  readonly accepted: Map<string, ChosenMediaType | null>;
  /** The checks of bodies, by the Content-Types that were met. */
  readonly bodies: Map<string, BodyCheck>;
}

type BodyCheck = (value: unknown) => readonly Violation[];

/** Whether a body of a media type is made from a value that its schema describes. */
function isStructured(mediaType: string): boolean {
  const { essence = '' } = parseMediaType(mediaType) ?? {};
  return isJsonType(essence) || isXmlType(essence) || isFormType(essence);
}

const unchecked: BodyCheck = () => noViolations;

function checkOf(declared: readonly MediaType[], mediaType: string, validators: Validators): BodyCheck {
  const found = findMediaType(declared, mediaType);
  if (!found) {
    const names = declared.map(({ name }) => name);
    return () => [undeclared('content-type', 'media-type', mediaType, names)];
  }
  if (found.schema === undefined || !isStructured(mediaType)) return unchecked;
  const validate = validators.validator(found.schema, 'response');
  return (value) => (value === undefined ? noViolations : validate(value, 'body'));
}

/** Accept fields are the callers'; as many are kept as a few kinds of clients send. */
const mostAccepted = 50;

function acceptedOf(
  { accepted, preferred, response }: ResponsePlan,
  accept: string,
): ChosenMediaType | null | undefined {
  if (!preferred) return undefined;
  let chosen = accepted.get(accept);
  if (chosen === undefined) {
    chosen = chooseMediaType(response?.mediaTypes ?? [], accept) ?? null;
    if (accepted.size >= mostAccepted) accepted.clear();
    accepted.set(accept, chosen);
  }
  return chosen;
}

/** 204, 205 and 304 have no body whatever is declared (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
function checkAbsence(status: number, mediaTypes: readonly MediaType[]): readonly Violation[] {
  if (mediaTypes.length === 0 || status === 204 || status === 205 || status === 304) return noViolations;
  const names = mediaTypes.map(({ name }) => name).join(' or ');
  return [{ location: 'body', code: 'required', message: `is required: the document declares ${names}` }];
}

function undeclared(location: string, code: string, found: string, declared: readonly string[]): Violation {
  const instead = declared.length === 0 ? 'none' : declared.join(', ');
  return { location, code, message: `must be declared, and ${found} is not (declared: ${instead})` };
}

function checkHeader(
  { coercions, resolver, validators }: SchemaContext,
  { explode, name, required, schema }: Parameter,
  headers: Readonly<Record<string, string>>,
): readonly Violation[] {
  // OpenAPI 3.1, section 4.8.17: a header named Content-Type is ignored.
  if (name.toLowerCase() === 'content-type') return noViolations;
  const location = `header/${name.toLowerCase()}`;
  const text = headers[name.toLowerCase()];
  if (text === undefined)
    return required ? [{ location, code: 'required', message: 'is required' }] : noViolations;
  if (schema === undefined) return noViolations;
  const raw = splitHeader(text, parameterKindOf(typesAt(resolver, schema)), explode);
  const value = coercions(schema)(raw);
  return validators.validate(schema, value, 'response', location);
}
