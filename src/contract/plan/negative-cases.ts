import type { ApiDocument, MediaType, Operation, Pointer } from '../../openapi/document.ts';
import { isObject } from '../../openapi/is-object.ts';
import { pointerTo } from '../../openapi/json-pointer.ts';
import { resolverOf } from '../../openapi/resolver-of.ts';
import type { BrokenRule, Case, RequestTemplate } from '../types.ts';
import { type BaseRequest, baseRequest } from './base-request.ts';
import { brokenValues } from './broken-values.ts';
import { fieldsOf, type RequestField } from './fields.ts';
import { makeCase } from './make-case.ts';
import type { PlanContext } from './plan-context.ts';
import { violationsOf } from './violations-of.ts';

/** How many values are tried for one keyword of one field. */
const mostOfKind = 2;

/**
 * Requests that break exactly one rule of the document. Each starts from a valid request, changes one field, and is kept only
 * when the compiled schemas see that one field broken by that one keyword, so that there is nothing left to shrink.
 */
export function negativeCases(context: PlanContext, operation: Operation): readonly Case[] {
  return (operation.requestBody?.mediaTypes ?? [undefined]).flatMap((mediaType, index) => {
    const base = baseRequest(context, operation, { mediaType, unique: `${operation.id} negative` });
    // What cannot be told to be valid cannot be broken in one place.
    if ((violationsOf(context, operation, base.template)?.length ?? 0) > 0) return [];
    const fields = fieldsOf(context.document, operation, base.template);
    const ruled = index === 0 ? fields : fields.filter(({ place }) => place === 'body');
    return [
      ...ruled.flatMap((field) => fieldCases(context, operation, base, field, mediaType)),
      ...bodyCases(context, operation, base, mediaType),
    ];
  });
}

function fieldCases(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  field: RequestField,
  mediaType: MediaType | undefined,
): readonly Case[] {
  const kept = new Map<string, number>();
  return brokenValues(field).flatMap(({ keyword, value }) => {
    const count = kept.get(keyword) ?? 0;
    if (count >= mostOfKind) return [];
    const template = field.with(value);
    const message = onlyViolation(context, operation, template, field.location, keyword);
    if (message === undefined) return [];
    kept.set(keyword, count + 1);
    const pointer = keywordPointer(context.document, field, keyword);
    const broken = { location: field.location, keyword, pointer, message };
    const label = mediaType === undefined || field.place !== 'body' ? '' : `${mediaType.name} `;
    return [
      negative(
        context,
        operation,
        { ...base, template },
        broken,
        `${label}${field.location} ${keyword} ${count + 1}`,
      ),
    ];
  });
}

/** Says in words what is broken when it is this field by this keyword and nothing else. */
function onlyViolation(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  location: string,
  keyword: string,
): string | undefined {
  const violations = violationsOf(context, operation, template);
  if (!violations || violations.length === 0) return undefined;
  const isHere = (at: string) => at === location || at.startsWith(`${location}/`);
  // A value of a wrong type or choice breaks all that speaks of it; that is one rule to whoever reads it.
  const isOne = violations.every((violation) => isHere(violation.location));
  const found = violations.find(({ code }) => code === keyword);
  return isOne ? found?.message : undefined;
}

/** Where the keyword stands: in the schema itself, in one it refers to, or at `required` of the one around it. */
function keywordPointer(document: ApiDocument, field: RequestField, keyword: string): Pointer {
  const resolver = resolverOf(document);
  for (const pointer of field.merged.pointers) {
    const node = resolver.at(pointer)?.node;
    if (isObject(node) && node[keyword] !== undefined && keyword !== 'required')
      return pointerTo(pointer, keyword);
  }
  return field.schema;
}

/** A required body left out, and one that does not parse. */
function bodyCases(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  mediaType: MediaType | undefined,
): readonly Case[] {
  const { requestBody } = operation;
  if (!requestBody || !mediaType) return [];
  const pointer = pointerTo(operation.pointer, 'requestBody');
  const cases: Case[] = [];
  if (requestBody.required && mediaType === requestBody.mediaTypes[0]) {
    const template = { ...base.template, body: undefined };
    const broken = { location: 'body', keyword: 'required', pointer, message: 'is required' };
    if ((violationsOf(context, operation, template)?.length ?? 0) > 0)
      cases.push(negative(context, operation, { ...base, template }, broken, 'body required'));
  }
  if (/\bjson\b/.test(mediaType.name)) {
    const body = { mediaType: mediaType.name, value: undefined, raw: '{"sparring": ' };
    const broken = { location: 'body', keyword: 'json', pointer: mediaType.pointer, message: 'must be JSON' };
    const template = { ...base.template, body };
    cases.push(
      negative(context, operation, { ...base, template }, broken, `${mediaType.name} body malformed`),
    );
  }
  return cases;
}

function negative(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  broken: BrokenRule,
  what: string,
): Case {
  const title = `${broken.location} breaks ${broken.keyword}: ${broken.message}`;
  // A broken id in the path names nothing, so that nothing needs to be made for it.
  const named = new Set(JSON.stringify(base.template).match(/(?<="\$from":")[^"]+/g));
  const needs = base.needs.filter(({ name }) => named.has(name));
  return makeCase(context, {
    operation,
    phase: 'negatives',
    what,
    title,
    base: { ...base, needs },
    expect: 'refused',
    broken,
  });
}
