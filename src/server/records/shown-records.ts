import { isObject, objectOrEmpty } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import { bodyExamples, parameterExamples } from '../../openapi/document/declared-examples.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { Resource, ResourceAction, ResourceModel } from '../../openapi/infer/infer-resources.ts';
import { listStep } from '../../openapi/infer/record-place.ts';

/** What a document shows of a resource's records. */
export interface ShownRecords {
  /** Whole records, as answers and schemas show them. */
  readonly records: readonly RecordValue[];
  /** Ids that parameters show. */
  readonly ids: readonly (string | number)[];
}

/** The records and ids in the examples of a document. */
export function shownRecords(document: ApiDocument, model: ResourceModel, resource: Resource): ShownRecords {
  const records: RecordValue[] = [];
  const ids: (string | number)[] = [];
  for (const operation of document.operations) {
    const action = model.actionOf(operation);
    if (action?.resource !== resource) continue;
    records.push(...recordsIn(document, action));
    for (const parameter of operation.parameters)
      if (parameter.in === 'path' && parameter.name === action.idParameter)
        for (const { value } of parameterExamples(document, operation, parameter))
          if (typeof value === 'string' || typeof value === 'number') ids.push(value);
  }
  const node = resource.schema === undefined ? {} : objectOrEmpty(document.resolve(resource.schema)?.node);
  const own = [node.example, ...(Array.isArray(node.examples) ? node.examples : [])];
  return { records: [...records, ...own.filter(isObject)], ids: [...new Set(ids)] };
}

function recordsIn(document: ApiDocument, action: ResourceAction): readonly RecordValue[] {
  const { list, operation, status, wrapper } = action;
  const response =
    operation.responses.find((each) => each.status === String(status)) ?? operation.responses[0];
  const keys = list ? [...list.itemsAt, listStep] : wrapper;
  if (!keys || !response) return [];
  return response.mediaTypes
    .flatMap((mediaType) => bodyExamples(document, mediaType))
    .flatMap(({ value }) => valuesAt(value, keys))
    .filter(isObject);
}

function valuesAt(value: unknown, keys: readonly string[]): readonly unknown[] {
  const [key, ...below] = keys;
  if (key === undefined) return [value];
  if (key === listStep) return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, below)) : [];
  return isObject(value) ? valuesAt(value[key], below) : [];
}
