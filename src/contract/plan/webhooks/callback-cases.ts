import { keysOf } from '../../../json/json-pointer.ts';
import { withValueAt } from '../../../json/with-value-at.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { type CallbackDefinition, callbacksOf } from '../../../openapi/webhooks/webhooks.ts';
import type { Case } from '../../model/case.ts';
import type { Gap } from '../../model/plan.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { WebhookAim, WebhookScript } from '../../model/webhook-script.ts';
import { baseRequest } from '../requests/base-request.ts';
import { makeStep } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { webhookFacts } from './webhook-facts.ts';

type Addressed = (template: RequestTemplate, url: string) => RequestTemplate;

/** For each address that an operation calls back: that it is called, once, and again while it fails. */
export function callbackCases(
  context: PlanContext,
  operation: Operation,
): { readonly cases: readonly Case[]; readonly gaps: readonly Gap[] } {
  const groups = Map.groupBy(callbacksOf(context.document, operation), ({ url }) => url);
  const cases: Case[] = [];
  const gaps: Gap[] = [];
  for (const [url, callbacks] of groups) {
    const addressed = addresserOf(operation, url);
    const [first] = callbacks;
    if (!first) continue;
    if (addressed) cases.push(...casesOf(context, operation, callbacks, first.event, addressed));
    else {
      const reason = `the address of ${first.name} is not the caller's to choose: ${url}`;
      gaps.push({ operation: operation.id, phase: 'webhooks', reason });
    }
  }
  return { cases, gaps };
}

function casesOf(
  context: PlanContext,
  operation: Operation,
  callbacks: readonly CallbackDefinition[],
  event: string,
  addressed: Addressed,
): readonly Case[] {
  const facts = webhookFacts(context.document, event, callbacks, undefined, undefined);
  const collection = context.collections.roleOf(operation)?.collection;
  const aims: readonly WebhookAim[] = ['delivered', 'retried'];
  const base = baseRequest(context, operation, { unique: event });
  const template = addressed(base.template, 'https://example.com/sparring');
  return aims.map((aim): Case => {
    const webhook: WebhookScript = {
      aim,
      facts,
      subscription: undefined,
      causes: [{ by: 'operation', change: 'call', operation, collection }],
      other: undefined,
      handshake: undefined,
      addressed,
    };
    return {
      id: `${event}/webhooks/${aim}`,
      phase: 'webhooks',
      operation,
      title: `the callback ${event.split('/').at(-1)}: ${aim}`,
      preconditions: [],
      steps: [makeStep(context, { name: 'cause', operation, template, expect: 'accepted' })],
      writes: true,
      alone: true,
      webhook,
    };
  });
}

/** How an address gets into a request, by the runtime expression that takes it out again (OpenAPI 3.1, section 4.8.20.3). */
function addresserOf({ parameters }: Operation, url: string): Addressed | undefined {
  const [, braced, plain] = /^(?:\{(\$request\.[^}]+)\}|(\$request\.[^{}]+)$)/.exec(url) ?? [];
  const expression = braced ?? plain;
  if (expression === undefined) return undefined;
  const [, pointer] = /^\$request\.body(#\/.*)$/.exec(expression) ?? [];
  if (pointer !== undefined)
    return (template, address) => {
      const { body } = template;
      if (!body) return template;
      return {
        ...template,
        body: { ...body, value: withValueAt(body.value, keysOf(pointer) ?? [], address) },
      };
    };
  const [, place, name = ''] = /^\$request\.(query|header)\.(.+)$/.exec(expression) ?? [];
  const isSame = (one: string) =>
    place === 'header' ? one.toLowerCase() === name.toLowerCase() : one === name;
  // What is no parameter of the call, nobody reads.
  if (!parameters.some((parameter) => parameter.in === place && isSame(parameter.name))) return undefined;
  if (place === 'query')
    return (template, address) => ({ ...template, query: { ...template.query, [name]: address } });
  if (place === 'header')
    return (template, address) => ({ ...template, headers: { ...template.headers, [name]: address } });
  return undefined;
}
