import type { Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import { type BaseRequest, baseRequest } from '../requests/base-request.ts';
import { type BoundaryValue, boundaryValues, hasKeyword } from '../requests/boundary-values.ts';
import type { CaseMaker } from '../requests/case-maker.ts';
import { makeCase } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { cutFields, isCut, type RequestField, requestFieldsOf } from '../requests/request-fields.ts';
import { isReference } from '../requests/request-templates.ts';
import { violationsOf } from '../requests/violations-of.ts';
import { withoutOptional } from '../requests/without-optional.ts';
import { expectationOf } from './example-cases.ts';

/** Requests that the document allows: without anything optional, and one field at a time at each edge of its schema. */
export const positiveCases: CaseMaker = (context, operation, { onGap }) => {
  const cases: Case[] = [];
  for (const mediaType of operation.requestBody?.mediaTypes ?? [undefined]) {
    const label = mediaType === undefined ? '' : `${mediaType.name} `;
    const make = (what: string) =>
      baseRequest(context, operation, { mediaType, unique: `${operation.id} ${what}` });
    const least = make(`${label}least`);
    const smallest = withoutOptional(context, operation, least.template);
    cases.push(
      ...positive(context, operation, `${label}without optional fields`, { ...least, template: smallest }),
    );
    const fields = requestFieldsOf(context, operation, least.template);
    if (isCut(fields, least.template)) onGap(cutFields(fields));
    for (const field of fields) {
      if (!isKnowable(field) || isOwnId(context, operation, field) || isGivenField(context, operation, field))
        continue;
      for (const { what } of boundaryValues(field)) {
        const title = `${label}${field.location} ${what}`;
        const base = make(title);
        const again = requestFieldsOf(context, operation, base.template).find(
          ({ location }) => location === field.location,
        );
        const edge = again && boundaryValues(again).find((each) => each.what === what);
        if (!again || !edge) continue;
        const certain = base.certain && edge.isUnsaid !== true;
        const changed = { ...base, certain, template: again.with(edge.value) };
        cases.push(...positive(context, operation, title, changed, isDrawn(edge)));
      }
    }
  }
  return cases;
};

/** What a person gave is good as it is. */
function isGivenField({ given }: PlanContext, operation: Operation, { location }: RequestField): boolean {
  const [place, ...keys] = location.split('/');
  const mediaTypes = operation.requestBody?.mediaTypes ?? [];
  return given.some((each) =>
    place === 'body'
      ? mediaTypes.some(({ name }) =>
          each.keysInBody(operation, name).some((known) => known.join('/') === keys.join('/')),
        )
      : (['path', 'query', 'header', 'cookie'] as const).some(
          (at) => at === place && each.isOfParameter(operation, at, keys.join('/')),
        ),
  );
}

/** Ids must name something, and free texts may mean something: only fields whose every valid value will do are varied. */
function isKnowable(field: RequestField): boolean {
  if (isReference(field.value) || field.place === 'path') return false;
  return (
    !hasKeyword(field, 'const') &&
    !field.merged.nodes.some(({ format }) => format === 'uuid' || format === 'uri')
  );
}

/** What a record is called by stays what it is: one without a name could not be deleted. */
function isOwnId({ collections }: PlanContext, operation: Operation, { location }: RequestField): boolean {
  const id = collections.roleOf(operation)?.collection.id;
  return id !== undefined && location === `body/${id}`;
}

function positive(
  context: PlanContext,
  operation: Operation,
  what: string,
  base: BaseRequest,
  isShown = false,
): readonly Case[] {
  const violations = violationsOf(context, operation, base.template);
  if (violations && violations.length > 0) return [];
  const expect = expectationOf(operation, base);
  return [
    makeCase(context, {
      operation,
      phase: 'positives',
      what,
      title: `a valid request: ${what}`,
      base,
      expect,
      isShown,
    }),
  ];
}

/** Whether a keyword draws the edge; that a text may be of any script, for instance, nobody says. */
function isDrawn({ isUnsaid, what }: BoundaryValue): boolean {
  return isUnsaid !== true && /^(?:enum|exclusiveM|max|min|true$|false$|null$)/.test(what);
}
