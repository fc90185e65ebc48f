import { SparringError } from '../../errors.ts';
import { objectOrEmpty } from '../../json/is-object.ts';
import type { ApiDocument } from '../document/document.ts';
import { createResolver, type Resolver } from '../document/resolver.ts';
import { type Coercions, createTextCoercions } from './coerce-text.ts';
import type { Validators } from './validators.ts';

/** What reading and checking values by a document's schemas takes; shared by all its operations, as the schemas are. */
export interface SchemaContext {
  readonly resolver: Resolver;
  readonly validators: Validators;
  readonly coercions: Coercions;
}

const kept = new WeakMap<Validators, SchemaContext>();

export function schemaContext(document: ApiDocument, validators: Validators): SchemaContext {
  const known = kept.get(validators);
  if (known) return known;
  const fail = (pointer: string, message: string) =>
    new SparringError('document-invalid', `${document.name}, ${pointer}: ${message}`);
  const resolver = createResolver(objectOrEmpty(document.root), fail);
  const context = { resolver, validators, coercions: createTextCoercions(resolver, validators) };
  kept.set(validators, context);
  return context;
}
