import { objectOrEmpty } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Parameter } from './document.ts';

/** Where a parameter stands, as far as its schema tells. */
export function parameterPlaceOf({ schema }: Parameter): Pointer | undefined {
  return schema?.replace(/\/schema$/, '');
}

/** What a document says of what stands there; empty for nothing. */
export function descriptionOf(document: ApiDocument, pointer: Pointer): string {
  return String(objectOrEmpty(document.resolve(pointer)?.node).description ?? '');
}
