import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation } from '../document/document.ts';
import type { Action, ResourceExtension } from '../document/extension.ts';
import type { ListShape } from './infer-list.ts';
import type { OpenAction, OpenResource } from './open-action.ts';

/** A kind of record that the API keeps. */
export interface Resource extends Omit<ResourceExtension, 'id' | 'schema'> {
  readonly collection: string;
  /** The field that identifies a record. */
  readonly id: string;
  /** Where the record's schema stands. */
  readonly schema: Pointer | undefined;
  /** What else is read off a document of one's own; undefined for the bundled ones. */
  readonly open?: OpenResource;
}

/** What an operation does to which resource. */
export interface ResourceAction {
  readonly operation: Operation;
  readonly resource: Resource;
  /** `action`: something else that is done to a record, such as cancelling an order. */
  readonly action: Action | 'action';
  /** The path parameter that holds the record's id. */
  readonly idParameter: string | undefined;
  /** Path parameters that hold ids of other records. */
  readonly parents: readonly ParentReference[];
  readonly list: ListShape | undefined;
  readonly update: 'merge' | 'replace';
  /** The status of a success. */
  readonly status: number;
  /** Where the schema of a success's JSON body stands. */
  readonly schema: Pointer | undefined;
  /** Where the record stands in the answer: keys of the envelope, none for a bare record; undefined for an answer without it. */
  readonly wrapper: readonly string[] | undefined;
  /** The property of the request's body that holds the record's fields; undefined where the body itself does. */
  readonly bodyWrapper: string | undefined;
  /** Why this was taken for that. */
  readonly why: string;
  readonly provenance: 'document' | 'inferred';
  /** What else is read off a document of one's own; undefined for the bundled ones. */
  readonly open?: OpenAction;
}

/** A path parameter that holds the id of another record. */
export interface ParentReference {
  readonly parameter: string;
  /** The record's field of the same meaning, if it has one. */
  readonly field: string | undefined;
  /** The collection that the other record must be in; undefined where the API keeps none. */
  readonly collection: string | undefined;
}

/** What a document's operations do, as far as it can be told. */
export interface ResourceModel {
  readonly resources: ReadonlyMap<string, Resource>;
  /** Undefined for an operation that is answered from examples. */
  actionOf(operation: Operation): ResourceAction | undefined;
}
