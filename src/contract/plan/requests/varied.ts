import type { Operation } from '../../../openapi/document/document.ts';
import { isHumanText } from '../../generate/human-text.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { boundOf, hasKeyword } from './boundary-values.ts';
import type { PlanContext } from './plan-context.ts';
import { type RequestField, requestFieldsOf } from './request-fields.ts';
import { isReference } from './request-templates.ts';
import { violationsOf } from './violations-of.ts';

/**
 * A request with other values in its body wherever any valid value will do: texts for people, numbers, booleans and choices.
 * Each turn gives other ones.
 */
export function varied(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  turn: number,
): RequestTemplate {
  return variableFields(context, operation, template).reduce(
    (changed, { location }) => withOther(context, operation, changed, location, turn),
    template,
  );
}

/** The fields of a request's body that can be given another value. */
export function variableFields(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
): readonly RequestField[] {
  return requestFieldsOf(context, operation, template).filter(
    (field) => field.place === 'body' && otherValue(field, 1) !== undefined,
  );
}

/** The request with another value in one place; the same request where that would not be valid. */
export function withOther(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
  location: string,
  turn: number,
): RequestTemplate {
  const field = requestFieldsOf(context, operation, template).find((each) => each.location === location);
  const value = field && otherValue(field, turn);
  if (!field || value === undefined) return template;
  const changed = field.with(value);
  return violationsOf(context, operation, changed)?.length === 0 ? changed : template;
}

function otherValue(field: RequestField, turn: number): unknown {
  const { merged, name, value } = field;
  if (value === undefined || value === null || isReference(value) || hasKeyword(field, 'const'))
    return undefined;
  const [choices] = merged.nodes.flatMap((node): unknown[][] =>
    Array.isArray(node.enum) ? [node.enum] : [],
  );
  if (choices) {
    const other = choices[(choices.indexOf(value) + turn) % choices.length];
    return other === value || other === null ? undefined : other;
  }
  if (typeof value === 'boolean') return turn % 2 === 1 ? !value : value;
  // Numbers may name something too.
  if (typeof value === 'number')
    return /(?:id|Id|ID)$/.test(name) ? undefined : otherNumber(field, value, turn);
  if (typeof value !== 'string' || !isHumanText(name)) return undefined;
  if (hasKeyword(field, 'format', 'pattern')) return undefined;
  const most = boundOf(field, 'maxLength') ?? 200;
  const suffix = ` ${String.fromCharCode(96 + turn)}`;
  return `${value.slice(0, Math.max(0, most - suffix.length))}${suffix}`.slice(-most);
}

function otherNumber(field: RequestField, value: number, turn: number): number {
  const step = (boundOf(field, 'multipleOf') ?? 1) * turn;
  const most = boundOf(field, 'maximum') ?? boundOf(field, 'exclusiveMaximum');
  return most !== undefined && value + step > most ? value - step : value + step;
}
