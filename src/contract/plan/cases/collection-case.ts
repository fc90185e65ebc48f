import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Case } from '../../model/case.ts';
import type { Phase } from '../../model/phase.ts';
import type { Step } from '../../model/step.ts';
import { isSafe } from '../requests/is-safe.ts';

interface CaseParts {
  readonly operation: Operation;
  readonly phase: Phase;
  /** Last part of the id. */
  readonly what: string;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly preconditions: Case['preconditions'];
}

/** A case that looks at all records of a collection, and so never runs beside others. */
export function collectionCase({ name }: ApiCollection, parts: CaseParts): Case {
  const { preconditions, operation, phase, steps, title, what } = parts;
  return {
    id: `${operation.id}/${phase}/${what.replaceAll(' ', '-')}`,
    phase,
    operation,
    title,
    preconditions,
    steps,
    collection: name,
    writes: steps.some(({ request }) => !isSafe(request.method)),
    alone: true,
  };
}
