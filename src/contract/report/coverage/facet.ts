import type { Pointer } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import type { Validators } from '../../../openapi/schema/validators.ts';
import type { CaseExchange } from '../../model/exchange.ts';

/** One thing that the document says and that a run may see or not. */
export interface Facet {
  /** Unique in its kind. */
  readonly key: string;
  /** For people: `createCustomer 404`. */
  readonly name: string;
  /** Where it stands. */
  readonly pointer: Pointer;
}

/** One kind of things that a document says: how to list them, and how to tell which of them an exchange saw. */
export interface FacetKind {
  readonly id: string;
  /** `declared statuses answered` */
  readonly title: string;
  declared(document: ApiDocument): readonly Facet[];
  /** Keys of what an answered exchange saw. */
  seen(exchange: CaseExchange, context: SeenContext): Iterable<string>;
}

export interface SeenContext {
  readonly document: ApiDocument;
  readonly validators: Validators;
}
