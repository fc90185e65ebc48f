import type { Violation } from '../../../errors.ts';
import { isObject } from '../../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { BrokenRule } from '../../model/step.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import type { RequestField } from '../requests/request-fields.ts';
import { violationsOf } from '../requests/violations-of.ts';
import type { BrokenValue } from './broken-value.ts';
import { brokenValues } from './broken-values.ts';

/** A request with one rule broken. */
export interface BrokenRequest {
  readonly template: RequestTemplate;
  readonly rule: BrokenRule;
}

/** Keywords that are broken in more than one way. */
const manifold: ReadonlySet<string> = new Set(['type', 'format', 'pattern']);

/** Keywords that nothing breaks too, null or an empty text, which servers let in more often than what is wrong. */
const withNothing: ReadonlySet<string> = new Set(['type', 'format']);

/**
 * Requests that break a field by one keyword each, as the compiled schemas see it once they are written out. Those that break
 * nothing else are taken before those that break more of the same field, which some rules cannot do without.
 *
 * @param mostWays how many for a keyword that can be broken in more than one way
 */
export function breakField(
  context: PlanContext,
  operation: Operation,
  field: RequestField,
  mostWays: number,
): readonly BrokenRequest[] {
  const byKeyword = Map.groupBy(brokenValues(field, context), ({ keyword }) => keyword);
  return [...byKeyword].flatMap(([keyword, values]) => {
    const most = manifold.has(keyword) ? mostWays + (withNothing.has(keyword) ? 1 : 0) : 1;
    const found: { readonly request: BrokenRequest; readonly isPure: boolean }[] = [];
    const seen = new Set<string>();
    for (const value of values) {
      const text = JSON.stringify(value.value) ?? 'nothing';
      if (found.filter(({ isPure }) => isPure).length >= most || seen.has(text)) continue;
      seen.add(text);
      const broken = breakBy(context, operation, field, value);
      if (broken) found.push(broken);
    }
    const pure = found.filter(({ isPure }) => isPure);
    return (pure.length > 0 ? pure : found).slice(0, most).map(({ request }) => request);
  });
}

/** Follow from what is broken within. */
const consequences: ReadonlySet<string> = new Set(['oneOf', 'anyOf', 'if', 'propertyNames']);

function breakBy(
  context: PlanContext,
  operation: Operation,
  field: RequestField,
  { grade, keyword, value }: BrokenValue,
): { readonly request: BrokenRequest; readonly isPure: boolean } | undefined {
  const template = field.with(value);
  const breach = breachOf(violationsOf(context, operation, template) ?? [], field.location, keyword);
  if (!breach) return undefined;
  const { found, inside } = breach;
  const pointer = keywordPointer(context, field, keyword);
  const rule = {
    location: field.location,
    keyword,
    pointer,
    message: found.message,
    ...(grade && { grade }),
  };
  const isPure = inside.every(({ code }) => code === keyword || consequences.has(code));
  return { request: { template, rule }, isPure };
}

/** The violation of one keyword in one place, and all that come with it there; undefined where that is not all that is broken. */
export function breachOf(
  violations: readonly Violation[],
  location: string,
  keyword: string,
): { readonly found: Violation; readonly inside: readonly Violation[] } | undefined {
  // A value of a wrong type or choice breaks all that speaks of it; that is one rule to whoever reads it.
  const inside = violations.filter((violation) => isWithin(violation.location, location));
  const found = inside.find(({ code }) => code === keyword);
  const others = violations.filter((violation) => !inside.includes(violation));
  const isAll = others.every((other) => isOfBranches(violations, other.location, location));
  return found && isAll ? { found, inside } : undefined;
}

function isWithin(location: string, whole: string): boolean {
  return location === whole || location.startsWith(`${whole}/`);
}

/** Whether a violation is one of branches around a field that do not hold any more, since the field is broken. */
function isOfBranches(violations: readonly Violation[], location: string, field: string): boolean {
  return violations.some(
    (group) =>
      (group.code === 'oneOf' || group.code === 'anyOf') &&
      isWithin(field, group.location) &&
      isWithin(location, group.location),
  );
}

/** Where the keyword stands: in the schema itself, in one it refers to, or at `required` of the one around it. */
function keywordPointer({ document }: PlanContext, field: RequestField, keyword: string): Pointer {
  const resolver = resolverOf(document);
  for (const pointer of field.merged.pointers) {
    const node = resolver.at(pointer)?.node;
    if (isObject(node) && node[keyword] !== undefined && keyword !== 'required')
      return pointerTo(pointer, keyword);
  }
  return field.schema;
}
