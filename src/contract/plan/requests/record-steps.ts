import type { MediaType, Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Precondition } from '../../model/case.ts';
import type { RequestTemplate } from '../../model/request-template.ts';
import type { Expectation, PageWalk, Step } from '../../model/step.ts';
import { baseRequest } from './base-request.ts';
import { makeStep } from './make-case.ts';
import type { PlanContext } from './plan-context.ts';
import { fillRequestTemplate } from './request-templates.ts';
import { varied } from './varied.ts';

/** The binding of the record that a case is about, and of another one of its collection, which nothing must happen to. */
export const subject = 'subject';
export const bystander = 'bystander';

interface CreateOptions {
  readonly mediaType?: MediaType | undefined;
  /** Above 0, the record differs from the one before wherever it can, and may be refused for it. */
  readonly turn?: number;
}

interface StepOptions {
  readonly expect?: Expectation;
  /** Makes addresses in the body this step's own; default: its name. */
  readonly unique?: string;
  /** The binding of the record it is about; default: the subject. */
  readonly about?: string;
  readonly change?: (template: RequestTemplate) => RequestTemplate;
  readonly pages?: PageWalk | undefined;
  readonly binds?: Step['binds'];
  readonly optional?: boolean;
}

/** Makes the steps of a case about records of a collection. */
export interface RecordSteps {
  create(name: string, operation: Operation, saveAs: string, options?: CreateOptions): Step;
  /** Nothing where there is no such operation. */
  add(name: string, operation: Operation | undefined, options?: StepOptions): readonly Step[];
  /** The preconditions of the steps, beside the records they make themselves. */
  preconditions(): readonly Precondition[];
}

/** @param label tells this case's addresses from those of others */
export function recordSteps(context: PlanContext, collection: ApiCollection, label: string): RecordSteps {
  const preconditions = new Map<string, Precondition>();
  // What the first step needs is good for those that follow.
  const gather = (wanted: readonly Precondition[]) => {
    for (const precondition of wanted)
      if (precondition.collection !== collection.name && !preconditions.has(precondition.name))
        preconditions.set(precondition.name, precondition);
  };
  return {
    preconditions: () => [...preconditions.values()],
    create(name, operation, saveAs, { mediaType, turn = 0 } = {}) {
      const unique = `${operation.id} ${label}${turn === 0 ? '' : ` ${turn}`}`;
      const base = baseRequest(context, operation, { mediaType, fullest: true, unique });
      gather(base.preconditions);
      const template = turn === 0 ? base.template : varied(context, operation, base.template, turn);
      return makeStep(context, {
        name,
        operation,
        template,
        expect: turn === 0 ? 'accepted' : 'any',
        saveAs,
      });
    },
    add(name, operation, options = {}) {
      if (!operation) return [];
      const { about = subject, binds, change, expect = 'accepted', pages, unique = name } = options;
      const base = baseRequest(context, operation, { fullest: true, unique: `${operation.id} ${unique}` });
      gather(base.preconditions);
      const template = aboutRecord(base.template, collection, about);
      const step = makeStep(context, {
        name,
        operation,
        template: change ? change(template) : template,
        expect,
      });
      // A server may refuse to make a second record; then there is none to be looked at.
      const optional = options.optional ?? about === bystander;
      return [{ ...step, ...(pages && { pages }), ...(binds && { binds }), ...(optional && { optional }) }];
    },
  };
}

function aboutRecord(template: RequestTemplate, { name }: ApiCollection, about: string): RequestTemplate {
  const { standIns = {} } = template;
  const renamed = Object.entries(standIns).map(([key, value]): [string, unknown] => [
    key.startsWith(`${name}.`) ? `${about}${key.slice(name.length)}` : key,
    value,
  ]);
  const filled = fillRequestTemplate(template, (reference) =>
    reference.$from === name ? { ...reference, $from: about } : reference,
  );
  return { ...filled, standIns: Object.fromEntries(renamed) };
}
