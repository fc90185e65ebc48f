import type { JsonObject } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { Resolver } from '../document/resolver.ts';
import { pointerOf, walkReferences } from '../document/walk-references.ts';

/** Checks that every `$ref` leads somewhere. Schemas with an `$id` of their own are left to the validator. */
export function* checkReferences(root: JsonObject, resolver: Resolver): Generator<DocumentProblem> {
  for (const { place, reference } of walkReferences(root)) {
    if (resolver.resolve(reference)) continue;
    yield { pointer: pointerTo(pointerOf(place), '$ref'), message: `the $ref "${reference}" leads nowhere` };
  }
}
