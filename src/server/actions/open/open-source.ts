import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { ResourceAction, ResourceModel } from '../../../openapi/infer/infer-resources.ts';
import type { OpenAction, OpenResource } from '../../../openapi/infer/open-action.ts';
import type { Validators } from '../../../openapi/schema/validators.ts';
import type { RecordMaker } from '../../records/record-maker.ts';

/** What an action on records of a document of one's own is made from. */
export interface OpenSource {
  readonly document: ApiDocument;
  readonly model: ResourceModel;
  readonly action: ResourceAction;
  readonly open: OpenAction;
  readonly kept: OpenResource;
  readonly validators: Validators;
  readonly maker: RecordMaker;
}
