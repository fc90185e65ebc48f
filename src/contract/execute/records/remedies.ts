import { isObject } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { sample } from '../../../openapi/sample/sample.ts';
import { seededSource } from '../../../openapi/sample/seeded-source.ts';
import { describedValues } from '../../generate/described-values.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { PlanContext } from '../../plan/requests/plan-context.ts';
import { type RequestField, requestFieldsOf } from '../../plan/requests/request-fields.ts';
import { violationsOf } from '../../plan/requests/violations-of.ts';

/** Changes to a request, by the locations of fields (`body/parentId`, `query/chart`); undefined leaves a field out. */
export type Changes = ReadonlyMap<string, unknown>;

/** What is known when a request was refused. */
export interface Refused {
  readonly operation: Operation;
  /** The request, with what it refers to filled in. */
  readonly template: RequestTemplate;
  /** The body of the refusal. */
  readonly text: string;
  /** A record that is there already, of the kind that is made; undefined where none was seen. */
  readonly other: unknown;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Stands in changes for a name below a domain that no other request has. */
interface OwnDomain {
  readonly below: string;
}

/**
 * A template with changes made, those that the document does not allow left out.
 *
 * @param own a label that no other request has
 */
export function withChanges(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  changes: Changes,
  own: string,
): RequestTemplate {
  let changed = template;
  for (const [location, value] of changes) {
    const field = requestFieldsOf(context, operation, changed).find((each) => each.location === location);
    if (!field || (value === undefined && field.value === undefined)) continue;
    const next = field.with(isOwnDomain(value) ? `${own}.${value.below}` : value);
    if (isLeft(next) && violationsOf(context, operation, next)?.length === 0) changed = next;
  }
  return changed;
}

/** A body of nothing asks for nothing. */
function isLeft({ body }: RequestTemplate): boolean {
  return !body || !isObject(body.value) || Object.keys(body.value).length > 0;
}

/**
 * Requests that may be accepted where one was refused, the likeliest first: with fewer optional fields, with what the refusal
 * names, with times in order, with what descriptions show, smaller, and with what other records have.
 */
export function remediesFor(context: PlanContext, refused: Refused): readonly Changes[] {
  const { operation, template, text } = refused;
  const fields = requestFieldsOf(context, operation, template).filter(({ place }) => place !== 'path');
  const top = fields.filter(isTop);
  const optional = top.filter(({ required, value }) => !required && value !== undefined);
  const named = fields.filter(({ name }) => isNamedIn(text, name));
  const left = (some: readonly RequestField[]): Changes =>
    new Map(some.map(({ location }) => [location, undefined]));
  const related = optional.filter(({ name }) => /(?:id|ids|uuid|parent|ref)$/i.test(name));
  const inOrder = timesInOrder(fields, refused.now);
  const filled = new Map(fields.filter(isEmptyMap).map(({ location }) => [location, { name: 'sparring' }]));
  // What a record is called, and what it is of, is not for an update to say.
  const isUpdate = context.collections.roleOf(operation)?.role === 'update';
  const shown: Changes = isUpdate ? new Map() : shownValues(fields);
  const added = addedFields(context, operation, top, named);
  const improved = new Map([...inOrder, ...filled, ...shown]);
  const kept = new Set([...improved.keys(), ...named.map(({ location }) => location)]);
  const rest = optional.filter(({ location }) => !kept.has(location) && !isListed(location, fields));
  const candidates: readonly Changes[] = [
    left(optional.filter((field) => named.includes(field))),
    left(related),
    ...optional.slice(0, mostSingle).map((field) => left([field])),
    inOrder,
    filled,
    ...(improved.size > 0 ? [new Map([...left(rest), ...improved])] : []),
    left(optional),
    added,
    improved,
    new Map([...left(rest), ...improved, ...added]),
    smaller(fields),
    isUpdate ? new Map() : fromOther(fields, refused.other),
  ];
  const seen = new Set<string>();
  return candidates.filter((changes) => {
    const key = JSON.stringify([...changes]);
    const isNew = changes.size > 0 && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Fields that are left out one at a time, at most. */
const mostSingle = 5;

function isTop({ location, place }: RequestField): boolean {
  const keys = location.split('/');
  return place === 'body' ? keys.length === 2 || (keys.length === 3 && keys[1] === '0') : keys.length === 2;
}

/** Whether the refusal speaks of a field, by its name as a word. */
function isNamedIn(text: string, name: string): boolean {
  if (name.length < 2) return false;
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ');
  const words = text.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, ' ');
  return [name, spaced].some((each) => ` ${words} `.includes(` ${each.toLowerCase()} `));
}

/** A field of fixed values says by them what it is for. */
function isListed(location: string, fields: readonly RequestField[]): boolean {
  return fields.some(
    (field) => field.location === location && field.merged.nodes.some((node) => Array.isArray(node.enum)),
  );
}

function isEmptyMap({ merged, place, value }: RequestField): boolean {
  return (
    place === 'body' &&
    isObject(value) &&
    Object.keys(value).length === 0 &&
    merged.types?.has('object') === true &&
    merged.properties.size === 0
  );
}

const day = 86_400_000;
/** Names of the earlier and of the later of two times. */
const earlier = /start|begin|from|after|since|valid_?from|not_?before|open/i;
const later = /end|until|to$|before|expir|due|close|stop/i;

/** Times that lie ahead, and begin before they end. */
function timesInOrder(fields: readonly RequestField[], now: number): Changes {
  const changes = new Map<string, unknown>();
  for (const { location, merged, name, value } of fields) {
    const format = merged.nodes
      .map((node) => node.format)
      .find((each) => each === 'date' || each === 'date-time');
    if (format === undefined || value === undefined) continue;
    const ahead = earlier.test(name) ? 1 : later.test(name) ? 3 : 2;
    const text = new Date(Math.floor(now / day) * day + ahead * day).toISOString();
    changes.set(location, format === 'date' ? text.slice(0, 10) : text);
  }
  return changes;
}

/** What descriptions show of fields. */
function shownValues(fields: readonly RequestField[]): Changes {
  const changes = new Map<string, unknown>();
  for (const { location, merged } of fields) {
    const values = merged.nodes.flatMap(({ description, enum: listed }) =>
      typeof description === 'string' && !Array.isArray(listed) ? describedValues(description) : [],
    );
    const [value] = values;
    if (value === undefined || merged.types?.has('string') === false) continue;
    changes.set(location, isDomain(value) ? ({ below: value } satisfies OwnDomain) : value);
  }
  return changes;
}

export function isOwnDomain(value: unknown): value is OwnDomain {
  return isObject(value) && typeof value.below === 'string' && Object.keys(value).length === 1;
}

function isDomain(value: string): boolean {
  return /^(?:[a-z0-9-]+\.)+[a-z]+\.?$/i.test(value);
}

/** Fields that the refusal names and the request lacks; without any, the optional parameters that have a default. */
function addedFields(
  { document, validators, seed }: PlanContext,
  operation: Operation,
  top: readonly RequestField[],
  named: readonly RequestField[],
): Changes {
  const absent = top.filter(({ value }) => value === undefined);
  const asked = absent.filter((field) => named.includes(field));
  const usual = absent.filter(
    ({ merged, place }) =>
      place === 'query' &&
      merged.nodes.some((node) => node.default !== undefined || node.example !== undefined),
  );
  const added = asked.length > 0 ? asked : usual;
  return new Map(
    added.map(({ location, merged, name, schema }) => {
      const given = merged.nodes
        .map((node) => node.default ?? node.example)
        .find((value) => value !== undefined);
      const source = seededSource(seed, operation.id, location);
      return [location, given ?? sample(document, schema, source, name, { full: true, validators })];
    }),
  );
}

/** Small numbers, plain words, lists of one. */
function smaller(fields: readonly RequestField[]): Changes {
  const changes = new Map<string, unknown>();
  for (const { location, merged, place, value } of fields) {
    if (place !== 'body') continue;
    const isFree = !merged.nodes.some(
      (node) => node.enum !== undefined || node.const !== undefined || node.format !== undefined,
    );
    if (typeof value === 'number' && Math.abs(value) > 1) changes.set(location, 1);
    else if (typeof value === 'string' && value.length > 8 && isFree)
      changes.set(location, value.replaceAll(/\W+/g, '').slice(0, 8));
    else if (Array.isArray(value) && value.length > 1) changes.set(location, value.slice(0, 1));
  }
  return changes;
}

/** What another record has where a request names something: ids, kinds. */
function fromOther(fields: readonly RequestField[], other: unknown): Changes {
  if (!isObject(other)) return new Map();
  return new Map(
    fields.flatMap(({ location, name, place, value }): [string, unknown][] => {
      const known = other[name];
      const isUsable =
        place === 'body' && value !== undefined && typeof known === typeof value && known !== value;
      const isNaming = /(?:id|ids|uuid|ref|type|kind|code|category|currency|locale|region)$/i.test(name);
      return isUsable && isNaming && name.toLowerCase() !== 'id' ? [[location, known]] : [];
    }),
  );
}
