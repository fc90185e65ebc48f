import type { Operation } from '../../../openapi/document/document.ts';
import type { Case, Precondition } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { Step } from '../../model/step.ts';
import { baseRequest } from '../requests/base-request.ts';
import { isSafe } from '../requests/is-safe.ts';
import { type Link, linkedValue, linksOf } from '../requests/links.ts';
import { makeStep } from '../requests/make-case.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { expectationOf } from './example-cases.ts';

const linked = 'linked';
const bodyField = 'request body';
const places = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** Follows each link of the document: what an answer holds goes into the operation that the link names. */
export function linkCases(context: PlanContext): readonly Case[] {
  return linksOf(context.document).map((link): Case => {
    const { name, source, target } = link;
    const from = baseRequest(context, source, { unique: `${source.id} link ${name}` });
    const to = baseRequest(context, target, { unique: `${source.id} link ${name} to` });
    const { template, values } = filled(to.template, target, link);
    const first = makeStep(context, {
      name: 'source',
      operation: source,
      template: from.template,
      expect: expectationOf(source, from),
    });
    const second = makeStep(context, { name: `link ${name}`, operation: target, template, expect: 'any' });
    const steps: readonly Step[] = [
      { ...first, binds: { name: linked, values } },
      { ...second, optional: true },
    ];
    return {
      id: `${source.id}/sequences/link-${name}`,
      phase: 'sequences',
      operation: source,
      title: `the link ${name} of ${source.id} to ${target.id}`,
      preconditions: needed(steps, [...from.preconditions, ...to.preconditions]),
      steps,
      writes: steps.some(({ request }) => !isSafe(request.method)),
    };
  });
}

/** The request with References where the link has something to say, and what these refer to. */
function filled(base: RequestTemplate, target: Operation, link: Link) {
  const values: Record<string, unknown> = {};
  let template = base;
  for (const { in: place, name } of target.parameters) {
    const value = linkedValue(link, place, name);
    if (value === undefined) continue;
    const field = `${place} ${name}`;
    values[field] = value;
    const section = places[place];
    template = { ...template, [section]: { ...template[section], [name]: { $from: linked, field } } };
  }
  if (link.requestBody === undefined || !base.body) return { template, values };
  values[bodyField] = link.requestBody;
  return {
    template: { ...template, body: { ...base.body, value: { $from: linked, field: bodyField } } },
    values,
  };
}

/** Those of the needs that the steps still refer to. */
function needed(steps: readonly Step[], preconditions: readonly Precondition[]): readonly Precondition[] {
  const text = JSON.stringify(steps.map(({ request }) => request));
  const unique = new Map(preconditions.toReversed().map((precondition) => [precondition.name, precondition]));
  return [...unique.values()]
    .toReversed()
    .filter(({ name }) => text.includes(`"$from":${JSON.stringify(name)}`));
}
