import type { Violation } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import { validSample } from '../../openapi/sample/valid-sample.ts';
import { type SchemaShape, shapeOf, typesAt } from '../../openapi/schema/schema-shape.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import { createDerivation } from '../../state/derivation.ts';
import type { ErrorFacts } from '../model/error-facts.ts';

/** The schemas of a document, by which an error is told. */
export interface Telling {
  readonly document: ApiDocument;
  readonly validators: Validators;
}

/** What is told at one place of a body: the error as a whole, or one thing in the request that is at fault. */
interface Reason {
  readonly message: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly violation: Violation | undefined;
  readonly all: readonly Violation[];
}

/** Names of texts, without signs between their words, and what each tells. */
const messages =
  /^(?:message|msg|detail|details|description|errordescription|error|errormessage|errormsg|errordetail|errorsummary|reason|text|explanation|developermessage|usermessage|displaymessage|longmessage|faultstring|cause|exception)$/;
const titles = /^(?:title|summary|shortmessage|phrase|statustext|errortitle|statusmessage)$/;
const statuses = /^(?:status|code|statuscode|httpstatus|httpcode|httpstatuscode|errorcode|responsecode)$/;
const codes = /^(?:code|errorcode|errortype|type|kind|rule|keyword|error|reason)$/;
const fields =
  /^(?:field|fieldname|param|parameter|parametername|property|propertyname|propertypath|path|attribute|location|target|source|pointer|jsonpointer|key|name|loc)$/;
const lists =
  /^(?:errors?|errorlist|errormessages|details?|messages?|violations|constraintviolations|issues|problems|invalidparams|invalidfields|fielderrors|validationerrors|fields|tppmessages|faults|reasons|nonfielderrors|loc)$/;

/** As deep as errors are told. */
const deepest = 4;

/**
 * An error body with what happened told in all places that its schema has for it: in texts by their common names, in numbers
 * that are the status, in lists and maps of what is at fault. Each value is put only where its schema allows it.
 *
 * @param body what the document shows, or a sample
 */
export function tellReason(telling: Telling, schema: Pointer, body: unknown, facts: ErrorFacts): unknown {
  const all = facts.violations ?? [];
  const [only] = all;
  const reason: Reason = { ...facts, violation: all.length === 1 ? only : undefined, all };
  const told = tellAt(telling, schema, body, reason, 'message', 0);
  return allows(telling, schema, told) ? told : body;
}

function allows({ validators }: Telling, schema: Pointer, value: unknown): boolean {
  return validators.validate(schema, value, 'response', 'body').length === 0;
}

function tellAt(
  telling: Telling,
  schema: Pointer,
  value: unknown,
  reason: Reason,
  name: string,
  depth: number,
): unknown {
  const { document } = telling;
  const resolver = resolverOf(document);
  const types = typesAt(resolver, schema);
  if (Array.isArray(value) || (types.has('array') && !types.has('object')))
    return listOf(telling, schema, value, reason, name, depth) ?? value;
  if (!isObject(value)) return textOf(telling, schema, value, reason, name) ?? value;
  const told: Record<string, unknown> = { ...value };
  for (const shape of shapesOf(telling, schema)) {
    for (const [key, at] of shape.properties) {
      const part = partOf(telling, at, told[key], reason, key, depth);
      if (part !== undefined && allows(telling, at, part)) told[key] = part;
    }
    if (shape.properties.size === 0 && shape.additional !== undefined)
      Object.assign(told, mapOf(telling, shape.additional, reason));
  }
  return told;
}

/** The shape of a schema, and of its branches. */
function shapesOf({ document }: Telling, schema: Pointer): readonly SchemaShape[] {
  const resolver = resolverOf(document);
  const shape = shapeOf(resolver, schema);
  return [shape, ...shape.branches.map((branch) => shapeOf(resolver, branch))];
}

/** What a property tells; undefined for one that is left as it is. */
function partOf(
  telling: Telling,
  schema: Pointer,
  value: unknown,
  reason: Reason,
  name: string,
  depth: number,
): unknown {
  const types = typesAt(resolverOf(telling.document), schema);
  const plain = plainName(name);
  if (isScalar(types)) return textOf(telling, schema, value, reason, name);
  if (depth >= deepest) return undefined;
  if (types.has('array') && lists.test(plain)) return listOf(telling, schema, value, reason, name, depth + 1);
  if (!types.has('object')) return undefined;
  const isMap = shapesOf(telling, schema).every(({ properties }) => properties.size === 0);
  if (isMap && !lists.test(plain)) return undefined;
  const isExpected =
    value !== undefined || lists.test(plain) || /^(?:error|fault|meta|status|source|response)$/.test(plain);
  if (!isExpected || (value === null && !lists.test(plain))) return undefined;
  const base = isObject(value) ? value : sampleAt(telling, schema, name);
  const told = tellAt(telling, schema, base, reason, name, depth + 1);
  const isTold = value !== undefined || (isObject(told) && Object.keys(told).length > 0);
  return isTold ? told : undefined;
}

function isScalar(types: ReadonlySet<string>): boolean {
  return types.size > 0 && !types.has('array') && !types.has('object');
}

/** One item for each thing at fault, or one for the error. */
function listOf(
  telling: Telling,
  schema: Pointer,
  value: unknown,
  reason: Reason,
  name: string,
  depth: number,
): unknown {
  const { items } = shapeOf(resolverOf(telling.document), schema);
  if (items === undefined || depth > deepest) return undefined;
  if (plainName(name) === 'loc' && reason.violation)
    return reason.violation.location.split('/').map(segmentOf);
  const reasons =
    reason.all.length > 0 ? reason.all.map((violation) => ofViolation(reason, violation)) : [reason];
  const list = reasons.map((one) => {
    const base = Array.isArray(value) && value.length > 0 ? value[0] : sampleAt(telling, items, name);
    if (typeof base === 'string') return sentenceOf(one);
    return tellAt(telling, items, base, one, name, depth + 1);
  });
  if (allows(telling, schema, list)) return list;
  const [first] = list;
  return allows(telling, schema, [first]) ? [first] : undefined;
}

/** The messages of a map, by the field that each is about. */
function mapOf(telling: Telling, schema: Pointer, reason: Reason): JsonObject {
  const types = typesAt(resolverOf(telling.document), schema);
  const map: Record<string, unknown> = {};
  const told = reason.all.map((violation) => [fieldOf(violation), `${violation.message}`] as const);
  for (const [field, message] of told.length > 0 ? told : [['error', reason.message] as const]) {
    const known = map[field];
    const several = Array.isArray(known) ? [...known, message] : [message];
    const put = types.has('array') ? several : (known ?? message);
    if (field !== '__proto__' && allows(telling, schema, put)) map[field] = put;
  }
  return map;
}

/** What a text or a number tells; undefined for one that tells nothing of an error. */
function textOf(telling: Telling, schema: Pointer, value: unknown, reason: Reason, name: string): unknown {
  const types = typesAt(resolverOf(telling.document), schema);
  const plain = plainName(name);
  const candidates: unknown[] = [];
  if (types.has('string')) {
    if (titles.test(plain)) candidates.push(reason.title);
    if (plain === 'error') candidates.push(reason.title);
    if (reason.violation && fields.test(plain))
      candidates.push(fieldOf(reason.violation), reason.violation.location);
    if (messages.test(plain)) candidates.push(sentenceOf(reason));
    if (/^(?:status|statuscode|httpstatus)$/.test(plain)) candidates.push(String(reason.status));
    if (codes.test(plain) && isMadeUp(value, name)) candidates.push(reason.violation?.code ?? reason.code);
  }
  if ((types.has('integer') || types.has('number')) && statuses.test(plain)) candidates.push(reason.status);
  return candidates.find((candidate) => allows(telling, schema, candidate));
}

/** Whether a text is one that stands for nothing, as samples have them. */
function isMadeUp(value: unknown, name: string): boolean {
  return value === undefined || value === 'string' || (typeof value === 'string' && value.startsWith(name));
}

function ofViolation(reason: Reason, violation: Violation): Reason {
  return { ...reason, message: violation.message, code: violation.code, violation, all: [violation] };
}

function sentenceOf({ all, message, violation }: Reason): string {
  if (!violation || all.length !== 1 || message !== violation.message) return message;
  return `${violation.location} ${message}`;
}

/** The field that a violation is about, without what it is a part of: `email` for `body/email`. */
function fieldOf({ location }: Violation): string {
  const [, ...path] = location.split('/');
  return path.length === 0 ? location : path.join('.');
}

/** Positions are numbers in paths that are lists. */
function segmentOf(segment: string): string | number {
  return /^\d+$/.test(segment) ? Number(segment) : segment;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function sampleAt({ document, validators }: Telling, schema: Pointer, name: string): unknown {
  return validSample(document, validators, schema, createDerivation(document.name, schema), name);
}
