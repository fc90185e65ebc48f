import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import { childOf } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { WebhookChange } from '../../model/webhook-run.ts';
import type { SubscriptionPlan, WebhookFacts } from '../../model/webhook-script.ts';
import type { PlanContext } from '../requests/plan-context.ts';

/** The settings of a provider as the document has them by default. */
export function settingValues({ extension }: ApiDocument): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(extension.settings ?? {}).map(([name, setting]) => [name, setting.default]),
  );
}

/** Whether a change is one that fires the event. */
export function isFiring(
  context: PlanContext,
  { emits }: Pick<WebhookFacts, 'emits'>,
  { after, before }: WebhookChange,
): boolean {
  if (!emits || emits.extension.when === undefined) return true;
  const [was, is] = [objectOrEmpty(before), objectOrEmpty(after)];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const values = { before, after, changed, settings: settingValues(context.document) };
  return context.validators.validate(`${emits.pointer}/when`, values, 'response', 'when').length === 0;
}

/** Whether a subscription is one that is told, but for what it is told of. */
export function isNotified(
  context: PlanContext,
  { extension, pointer }: SubscriptionPlan,
  subscription: unknown,
): boolean {
  if (extension.when === undefined) return true;
  const values = {
    subscription,
    before: null,
    after: null,
    event: '',
    settings: settingValues(context.document),
  };
  return context.validators.validate(`${pointer}/when`, values, 'response', 'when').length === 0;
}

/** The values that a condition's schema asks of fields of a part of what it looks at, such as `after`; the first of several. */
export function valuesAsked(when: unknown, part: string): JsonObject {
  const fields = objectOrEmpty(childOf(childOf(childOf(when, 'properties'), part), 'properties'));
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, schema]) => {
      if (!isObject(schema)) return [];
      if (schema.const !== undefined) return [[name, schema.const]];
      return Array.isArray(schema.enum) && schema.enum.length > 0 ? [[name, schema.enum[0]]] : [];
    }),
  );
}

/** The values that a condition's schema rules out for fields of a part of what it looks at. */
export function valuesRefused(when: unknown, part: string): Readonly<Record<string, readonly unknown[]>> {
  const fields = objectOrEmpty(childOf(childOf(childOf(when, 'properties'), part), 'properties'));
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, schema]) => {
      const not = childOf(schema, 'not');
      if (!isObject(not)) return [];
      const values: readonly unknown[] =
        not.const === undefined ? (Array.isArray(not.enum) ? not.enum : []) : [not.const];
      return values.length === 0 ? [] : [[name, values] as const];
    }),
  );
}

/** The field that a condition wants changed: `changed: { contains: { const: state } }`. */
export function fieldToChange(when: unknown): string | undefined {
  const named = childOf(childOf(childOf(childOf(when, 'properties'), 'changed'), 'contains'), 'const');
  return typeof named === 'string' ? named : undefined;
}
