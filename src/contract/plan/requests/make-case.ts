import type { Operation } from '../../../openapi/document/document.ts';
import type { Case } from '../../model/case.ts';
import type { Phase } from '../../model/phase.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { BrokenRule, Expectation, Step } from '../../model/step.ts';
import type { BaseRequest } from './base-request.ts';
import { isSafe } from './is-safe.ts';
import type { PlanContext } from './plan-context.ts';
import { referencesIn } from './request-templates.ts';

interface CaseParts {
  readonly operation: Operation;
  readonly phase: Phase;
  /** Last part of the id; the same for a document and seed. */
  readonly what: string;
  readonly title: string;
  readonly base: Pick<BaseRequest, 'preconditions' | 'template'>;
  readonly expect: Expectation;
  readonly broken?: BrokenRule;
  /** See `Step.isShown`. */
  readonly isShown?: boolean;
}

/** A case of one request. */
export function makeCase(context: PlanContext, parts: CaseParts): Case {
  const { base, broken, expect, isShown, operation, phase, title, what } = parts;
  const step = makeStep(context, { name: 'probe', operation, template: base.template, expect, broken });
  return {
    id: `${operation.id}/${phase}/${what.replaceAll(/\s+/g, '-')}`,
    phase,
    operation,
    title,
    preconditions: base.preconditions,
    steps: [isShown ? { ...step, isShown } : step],
    writes: !isSafe(base.template.method),
  };
}

interface StepParts {
  readonly name: string;
  readonly operation: Operation;
  readonly template: RequestTemplate;
  readonly expect: Expectation;
  readonly broken?: BrokenRule | undefined;
  readonly saveAs?: string;
}

/** A step, with what it does to which record read off its operation and References. */
export function makeStep(context: PlanContext, parts: StepParts): Step {
  const { broken, expect, name, operation, saveAs, template } = parts;
  const role = context.collections.roleOf(operation);
  const record = context.collections.recordOf(operation);
  const named = referencesIn({ ...template, body: undefined, query: {}, headers: {} });
  const of = named.find(({ field }) => !field.startsWith('^'))?.$from;
  const isDeletion = role?.role === 'delete' && template.method === 'DELETE';
  return {
    name,
    operation,
    request: template,
    expect,
    ...(broken && { broken }),
    ...(role?.role === 'create' && template.method === 'POST' && { saveAs: saveAs ?? 'created' }),
    ...(of !== undefined && record && { of }),
    ...(isDeletion && of !== undefined && { deletes: of }),
  };
}
