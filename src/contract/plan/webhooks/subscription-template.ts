import { isObject, type JsonObject, objectOrEmpty } from '../../../json/is-object.ts';
import { keysOf } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { SubscriptionPlan } from '../../model/webhook-script.ts';
import { type BaseRequest, baseRequest } from '../requests/base-request.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { violationsOf } from '../requests/violations-of.ts';
import { withoutOptional } from '../requests/without-optional.ts';
import { isNotified } from './is-firing.ts';

/** What a subscription is to say. */
export interface SubscriptionWish {
  readonly url: string;
  /** Undefined: whatever it is told of without asking. */
  readonly event: string | undefined;
  readonly secret: string;
}

/** The name of the field that a template such as `$subscription#/data/url` speaks of. */
export function fieldOf(template: unknown): string | undefined {
  if (typeof template !== 'string' || !template.startsWith('$subscription#/')) return undefined;
  return keysOf(template.slice('$subscription'.length))?.at(-1);
}

/**
 * The request that makes a subscription: no more than it must have, with address, event and secret where its fields of these
 * names are, and switched on.
 */
export function subscriptionTemplate(
  context: PlanContext,
  plan: SubscriptionPlan,
  wish: SubscriptionWish,
): BaseRequest | string {
  const base = baseRequest(context, plan.create, { unique: wish.url });
  const { extension } = plan;
  const least = withoutOptional(context, plan.create, base.template);
  const urlField = fieldOf(extension.url);
  const addressed =
    urlField === undefined ? undefined : withField(least, urlField, () => wish.url, base.template);
  if (!addressed) return `no field of ${plan.create.id} takes the address`;
  const eventField = fieldOf(extension.events);
  const { event } = wish;
  const aimed =
    event === undefined || eventField === undefined
      ? addressed
      : withField(addressed, eventField, (shown) => eventsLike(shown, event), base.template);
  if (!aimed) return `no field of ${plan.create.id} takes the event`;
  const secretField = fieldOf(extension.secret);
  const known = secretField === undefined ? undefined : bodyProperties(context, plan.create).has(secretField);
  const signed = secretField !== undefined && known ? withTopField(aimed, secretField, wish.secret) : aimed;
  const template = switchedOn(context, plan, signed);
  const [violation] = violationsOf(context, plan.create, template) ?? [];
  if (violation) return `${plan.create.id} does not take it: ${violation.location} ${violation.message}`;
  return { ...base, template };
}

/** Names of the properties that an operation's body may have, but for those that are the server's to set. */
export function bodyProperties({ document }: PlanContext, { requestBody }: Operation): ReadonlySet<string> {
  const schema = requestBody?.mediaTypes[0]?.schema;
  const properties = schema === undefined ? [] : [...recordPropertiesOf(document, schema)];
  return new Set(
    properties.flatMap(([name, at]) =>
      objectOrEmpty(document.resolve(at)?.node).readOnly === true ? [] : [name],
    ),
  );
}

/** The template with another value in the field of that name, wherever in the body it is; one that was left out is put back. */
function withField(
  template: RequestTemplate,
  field: string,
  value: (shown: unknown) => unknown,
  whole: RequestTemplate,
): RequestTemplate | undefined {
  const keys = keysOfField(whole.body?.value, field);
  if (!keys || !template.body) return undefined;
  const shown = keys.reduce<unknown>(
    (part, key) => (isObject(part) ? part[key] : undefined),
    whole.body?.value,
  );
  return {
    ...template,
    body: { ...template.body, value: withValueAt(template.body.value, keys, value(shown)) },
  };
}

function withTopField(template: RequestTemplate, field: string, value: unknown): RequestTemplate {
  if (!template.body) return template;
  return { ...template, body: { ...template.body, value: withValueAt(template.body.value, [field], value) } };
}

function keysOfField(value: unknown, field: string): readonly string[] | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, field)) return [field];
  for (const [key, part] of Object.entries(value)) {
    const found = keysOfField(part, field);
    if (found) return [key, ...found];
  }
  return undefined;
}

/** The event in the form the document shows: its name, a list of names, or of objects that have one. */
function eventsLike(shown: unknown, event: string): unknown {
  if (!Array.isArray(shown)) return event;
  return isObject(shown[0]) ? [{ name: event }] : [event];
}

/** Changes switches of the body until the subscription is one that is told; what the server decides is left to it. */
function switchedOn(
  context: PlanContext,
  plan: SubscriptionPlan,
  template: RequestTemplate,
): RequestTemplate {
  const value = template.body?.value;
  if (isNotified(context, plan, value) || !isObject(value)) return template;
  for (const name of Object.keys(value)) {
    if (typeof value[name] !== 'boolean') continue;
    const turned: JsonObject = { ...value, [name]: !value[name] };
    if (isNotified(context, plan, turned)) return withTopField(template, name, !value[name]);
  }
  return template;
}

/** The switches that a subscription's condition asks for: field and the value it must have. */
export function switchesOf({
  extension: { when },
}: SubscriptionPlan): readonly (readonly [string, boolean])[] {
  const parts = objectOrEmpty(objectOrEmpty(objectOrEmpty(when).properties).subscription);
  return Object.entries(objectOrEmpty(parts.properties)).flatMap(([name, schema]) => {
    const wanted = objectOrEmpty(schema).const;
    return typeof wanted === 'boolean' ? [[name, wanted] as const] : [];
  });
}
