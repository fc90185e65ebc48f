import type { ApiDocument } from '../../openapi/document/document.ts';
import type { ResourceAction, ResourceModel } from '../../openapi/infer/infer-resources.ts';

/** What a generic action is made from. */
export interface ActionSource {
  readonly document: ApiDocument;
  readonly model: ResourceModel;
  readonly action: ResourceAction;
}
