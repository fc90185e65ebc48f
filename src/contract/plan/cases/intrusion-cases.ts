import type { Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import { pageWalkOf } from '../requests/page-walk.ts';
import type { PlanContext } from '../requests/plan-context.ts';
import { recordSteps, subject } from '../requests/record-steps.ts';

const mostPages = 10;

/** A write without credentials, with a look at the record or the list before and after: it is not enough to say that it is refused. */
export function intrusionCases(context: PlanContext, operation: Operation): readonly Case[] {
  const { collection, role } = context.collections.roleOf(operation) ?? {};
  if (!collection?.create || !role || role === 'read' || role === 'list') return [];
  const { create, list, name, read } = collection;
  if (role === 'create' ? !list : !(read ?? list)) return [];
  const {
    add,
    create: createStep,
    preconditions,
  } = recordSteps(context, collection, `${operation.id} intrusion`);
  const pages = list && pageWalkOf(context.document, list, mostPages);
  const change = (template: RequestTemplate): RequestTemplate => ({ ...template, credentials: 'none' });
  const refused = add('refused', operation, { change, expect: 'unauthenticated' });
  const view = (when: string) =>
    role === 'create' || !read
      ? add(`list ${when} refusal`, list, { pages })
      : add(`read ${when} refusal`, read, { expect: 'any' });
  const steps = [
    ...(role === 'create' ? [] : [createStep('create', create, subject)]),
    ...view('before'),
    ...refused,
    ...view('after'),
  ];
  return [
    {
      id: `${operation.id}/authentication/no-trace`,
      phase: 'authentication',
      operation,
      title: `nothing happens to ${name} without credentials`,
      preconditions: preconditions(),
      steps,
      collection: name,
      writes: true,
      alone: role === 'create' || !read,
    },
  ];
}
