import type { ApiDocument, Operation } from '../../../openapi/document/document.ts';
import { type ApiCollections, findApiCollections } from '../../../openapi/infer/api-collections.ts';
import { inferResources, type ResourceModel } from '../../../openapi/infer/infer-resources.ts';
import type { RequestPlan } from '../../../openapi/request/prepare-request.ts';
import { prepareRequest } from '../../../openapi/request/prepare-request.ts';
import {
  createTolerantValidators,
  type TolerantValidators,
} from '../../../openapi/schema/tolerant-validators.ts';
import { type GivenValue, readGivenValues } from './given-values.ts';

/** What planning a run takes; made once for a document. */
export interface PlanContext {
  readonly document: ApiDocument;
  /** One schema that is of no use spoils nothing else. */
  readonly validators: TolerantValidators;
  readonly model: ResourceModel;
  readonly collections: ApiCollections;
  readonly seed: number;
  /** Values that only a person knows. */
  readonly given: readonly GivenValue[];
  /** The compiled reader of an operation's requests. */
  readerOf(operation: Operation): RequestPlan;
}

/**
 * @param values by what they are for; see `readGivenValues`
 * @throws SparringError `usage`
 */
export function createPlanContext(
  document: ApiDocument,
  seed: number,
  values?: Readonly<Record<string, unknown>>,
): PlanContext {
  const validators = createTolerantValidators(document);
  const model = inferResources(document);
  const readers = new Map<Operation, RequestPlan>();
  return {
    document,
    validators,
    model,
    collections: findApiCollections(document, model),
    seed,
    given: readGivenValues(document, values),
    readerOf(operation) {
      let reader = readers.get(operation);
      if (!reader) {
        reader = prepareRequest(document, validators, operation);
        readers.set(operation, reader);
      }
      return reader;
    },
  };
}
