import { pointerTo } from '../../../json/json-pointer.ts';
import type { MediaType, Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { Phase } from '../../model/phase.ts';
import type { BrokenRule } from '../../model/step.ts';
import { breakField } from '../broken/break-field.ts';
import { type BaseRequest, baseRequest } from '../requests/base-request.ts';
import type { CaseMaker } from '../requests/case-maker.ts';
import { generatedRequest } from '../requests/generated-request.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { cutFields, isCut, requestFieldsOf } from '../requests/request-fields.ts';
import { violationsOf } from '../requests/violations-of.ts';

/** How many values are tried for one keyword of one field, where there is more than one way to break it. */
const mostWays = 2;

/**
 * Requests that break exactly one rule of the document. Each starts from a valid request, changes one field, and is kept only
 * when the compiled schemas see that one field broken by that one keyword, so that there is nothing left to shrink. Rules that
 * speak of nothing in the documented request are broken in a generated one.
 */
export const negativeCases: CaseMaker = (context, operation, { onGap }) =>
  (operation.requestBody?.mediaTypes ?? [undefined]).flatMap((mediaType, index) => {
    const bases = validRequests(context, operation, mediaType);
    const [first] = bases;
    // What cannot be told to be valid cannot be broken in one place.
    if (!first) {
      onGap(`no valid request was found to break${mediaType === undefined ? '' : ` as ${mediaType.name}`}`);
      return [];
    }
    const label = mediaType === undefined ? '' : `${mediaType.name} `;
    const done = new Set<string>();
    const cases = bases.flatMap((base) => {
      const fields = requestFieldsOf(context, operation, base.template);
      if (isCut(fields, base.template)) onGap(cutFields(fields));
      const ruled = index === 0 ? fields : fields.filter(({ place }) => place === 'body');
      const fresh = ruled.flatMap((field) =>
        breakField(context, operation, field, mostWays).filter(({ rule }) => !done.has(keyOf(rule))),
      );
      for (const { rule } of fresh) done.add(keyOf(rule));
      const counts = new Map<string, number>();
      return fresh.map(({ rule, template }) => {
        const what = `${rule.location} ${rule.keyword}`;
        const count = (counts.get(what) ?? 0) + 1;
        counts.set(what, count);
        const place = rule.location.startsWith('body') ? label : '';
        return negative(
          context,
          operation,
          'negatives',
          { ...base, template },
          rule,
          `${place}${what} ${count}`,
        );
      });
    });
    return [...cases, ...bodyCases(context, operation, first, mediaType)];
  });

/** The same rule of another item of the same list is no other rule. */
function keyOf({ keyword, location }: BrokenRule): string {
  return `${location.replaceAll(/\/\d+(?=\/|$)/g, '/0')} ${keyword}`;
}

/** The documented request, and generated ones in which everything optional is there, and some of it. */
function validRequests(
  context: PlanContext,
  operation: Operation,
  mediaType: MediaType | undefined,
): readonly BaseRequest[] {
  const base = baseRequest(context, operation, { mediaType, unique: `${operation.id} negative` });
  const isValid = (violationsOf(context, operation, base.template)?.length ?? 0) === 0;
  const others = (['full', 'any', 'any', 'any'] as const).map((mode, turn) =>
    generatedRequest(context, operation, { mediaType, mode, turn: 100 + turn }),
  );
  return [isValid ? base : undefined, ...others].filter((each) => each !== undefined);
}

/** A required body left out or empty, and one that does not parse. */
function bodyCases(
  context: PlanContext,
  operation: Operation,
  base: BaseRequest,
  mediaType: MediaType | undefined,
): readonly Case[] {
  const { requestBody } = operation;
  if (!requestBody || !mediaType) return [];
  const pointer = pointerTo(operation.pointer, 'requestBody');
  const without = (body: BaseRequest['template']['body'], broken: BrokenRule, what: string) => {
    const template = { ...base.template, body };
    return (violationsOf(context, operation, template)?.length ?? 0) > 0
      ? [negative(context, operation, 'negatives', { ...base, template }, broken, what)]
      : [];
  };
  const { name } = mediaType;
  const { schema } = mediaType;
  // Many readers take no body for an empty object, which is as good as any where nothing is asked of it.
  const isNothingAsked =
    schema === undefined || context.validators.validate(schema, {}, 'request', 'body').length === 0;
  const missing: BrokenRule = {
    location: 'body',
    keyword: 'required',
    pointer,
    message: 'is required',
    ...(isNothingAsked && { grade: 'convention' }),
  };
  const raw = (text: string) => ({ mediaType: name, value: undefined, raw: text });
  const isJson = /\bjson\b/.test(name);
  const malformed = {
    location: 'body',
    keyword: 'json',
    pointer: mediaType.pointer,
    message: 'must be JSON',
  };
  return [
    ...(requestBody.required && mediaType === requestBody.mediaTypes[0]
      ? without(undefined, missing, 'body required')
      : []),
    ...(requestBody.required && isJson
      ? without(raw(''), { ...missing, ...gradeOfNothing(context, mediaType) }, `${name} body empty`)
      : []),
    ...(isJson && base.template.body
      ? without({ ...base.template.body, isCutOff: true }, malformed, `${name} body malformed`)
      : []),
  ];
}

/** No bytes are taken for an empty object by many a server; where that would be valid, it is no matter of contract. */
function gradeOfNothing({ validators }: PlanContext, { schema }: MediaType): Pick<BrokenRule, 'grade'> {
  const isValid = schema === undefined || validators.validate(schema, {}, 'request', 'body').length === 0;
  return isValid ? { grade: 'convention' } : {};
}

/** A case whose request breaks one rule. */
export function negative(
  context: PlanContext,
  operation: Operation,
  phase: Phase,
  base: BaseRequest,
  broken: BrokenRule,
  what: string,
): Case {
  const title = `${broken.location} breaks ${broken.keyword}: ${broken.message}`;
  // A broken id in the path names nothing, so that nothing needs to be made for it.
  const named = new Set(JSON.stringify(base.template).match(/(?<="\$from":")[^"]+/g));
  const preconditions = base.preconditions.filter(({ name }) => named.has(name));
  return makeCase(context, {
    operation,
    phase,
    what,
    title,
    base: { ...base, preconditions },
    expect: 'refused',
    broken,
  });
}
