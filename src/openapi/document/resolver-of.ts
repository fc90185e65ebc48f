import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { ApiDocument } from './document.ts';
import { createResolver, type Resolver } from './resolver.ts';

const kept = new WeakMap<ApiDocument, Resolver>();

/** The resolver of a loaded document, for what must see a `$ref` itself; made once and kept. */
export function resolverOf(document: ApiDocument): Resolver {
  let resolver = kept.get(document);
  if (!resolver) {
    const fail = (pointer: string, message: string) =>
      new SparringError('document-invalid', `${document.name}, ${pointer}: ${message}.`);
    resolver = createResolver(objectOrEmpty(document.root), fail);
    kept.set(document, resolver);
  }
  return resolver;
}
