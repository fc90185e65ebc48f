import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ResourceAction, ResourceModel } from '../../openapi/infer/infer-resources.ts';
import type { Behaviour } from '../../providers/model/provider.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { listRecords } from './list-records.ts';
import { readRecord } from './read-record.ts';
import { updateRecord } from './update-record.ts';

const actions = {
  create: createRecord,
  list: listRecords,
  read: readRecord,
  update: updateRecord,
  delete: deleteRecord,
} as const;

/** The behaviour of an operation that does one of the five things to a resource. All that can be known beforehand is computed here. */
export function createActionBehaviour(
  document: ApiDocument,
  model: ResourceModel,
  action: ResourceAction,
): Behaviour {
  if (action.action === 'action')
    throw new TypeError(`${action.operation.id} does what no document can say.`);
  return actions[action.action]({ document, model, action });
}
