import { isObject } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { PlanContext } from './plan-context.ts';
import { requestFieldsOf } from './request-fields.ts';
import { violationsOf } from './violations-of.ts';

/**
 * A request without the fields of its body that may be left out; one always stays.
 *
 * @param kept location of a field that stays in any case
 */
export function withoutOptional(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  kept?: string,
): RequestTemplate {
  const given = context.given.flatMap((each) => each.keysInBody(operation, template.body?.mediaType));
  const isGiven = (location: string) => given.some(([name]) => location === `body/${name}`);
  let smallest = template;
  for (const { location, place, required } of requestFieldsOf(context, operation, template)) {
    const isDeep = location.split('/').length !== 2;
    if (place !== 'body' || required || isDeep || location === kept || isGiven(location)) continue;
    const field = requestFieldsOf(context, operation, smallest).find((each) => each.location === location);
    if (!field || field.value === undefined) continue;
    const next = field.with(undefined);
    const isFine = violationsOf(context, operation, next)?.length === 0;
    // A body of nothing asks for nothing.
    if (isFine && isObject(next.body?.value) && Object.keys(next.body.value).length > 0) smallest = next;
  }
  return smallest;
}
