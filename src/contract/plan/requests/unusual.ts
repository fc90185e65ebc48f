import type { Operation } from '../../../openapi/document/document.ts';
import { isHumanText } from '../../generate/human-text.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { boundOf, hasKeyword } from './boundary-values.ts';
import type { PlanContext } from './plan-context.ts';
import { type RequestField, requestFieldsOf } from './request-fields.ts';
import { isReference } from './request-templates.ts';
import { violationsOf } from './violations-of.ts';

const text = 'Zoë “Ω” 名前 🙂';

/** A request with values in its body that are easily lost on the way: null, text of other scripts, fractions. */
export function unusual(
  context: PlanContext,
  operation: Operation,
  template: RequestTemplate,
): RequestTemplate {
  let changed = template;
  for (const { location, place } of requestFieldsOf(context, operation, template)) {
    const field = requestFieldsOf(context, operation, changed).find((each) => each.location === location);
    const value = field && place === 'body' ? unusualValue(field) : undefined;
    const next = value === undefined ? undefined : field?.with(value);
    if (next && violationsOf(context, operation, next)?.length === 0) changed = next;
  }
  return changed;
}

function unusualValue(field: RequestField): unknown {
  const { asText, merged, name, value } = field;
  if (isReference(value) || value === undefined || hasKeyword(field, 'enum', 'const')) return undefined;
  if (merged.types?.has('null') && !field.required && !asText) return null;
  if (typeof value === 'number') return merged.types?.has('number') ? value + 0.25 : undefined;
  if (typeof value !== 'string' || !isHumanText(name) || hasKeyword(field, 'format', 'pattern'))
    return undefined;
  return [...text].slice(0, boundOf(field, 'maxLength') ?? text.length).join('');
}
