import type { Arbitrary, Random, Stream, Value } from 'fast-check';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import { fastCheck } from './fast-check.ts';
import { type GeneratorContext, type GeneratorMode, mergerOf } from './generator-context.ts';
import { makeValue } from './make-value.ts';

export interface SchemaArbitraryOptions {
  readonly mode: GeneratorMode;
  /** Name of the property or parameter. */
  readonly name?: string;
  /** What the document shows for it. */
  readonly shown?: unknown;
  /** Further schemas that must hold too. */
  readonly and?: readonly Pointer[];
  /** Does not look whether a value keeps what it was not made by, such as `not`. */
  readonly loose?: boolean;
}

/** Values made of one are few enough for a request. */
const mostValues = 400;

/**
 * Values that the schema at a pointer allows in a request (JSON Schema 2020-12 as OpenAPI 3.1 uses it), circular ones to a
 * bounded depth. What no keyword tells how to make may break it all the same: check each value before it is used.
 */
export function schemaArbitrary(
  document: ApiDocument,
  validators: Validators,
  schema: Pointer,
  { and = [], loose = false, mode, name = '', shown }: SchemaArbitraryOptions,
): Arbitrary<unknown> {
  const resolver = resolverOf(document);
  const merge = mergerOf(resolver);
  const fc = fastCheck();

  class SchemaArbitrary extends fc.Arbitrary<unknown> {
    override generate(random: Random, bias: number | undefined): Value<unknown> {
      const room = { left: mostValues };
      const generator: GeneratorContext = {
        mode,
        loose,
        resolver,
        validators,
        merge,
        room,
        makePart: makeValue,
        draw: (arbitrary) => arbitrary.generate(random, bias).value,
      };
      const place = { starts: [schema, ...and], name, above: new Set<Pointer>(), depth: 0, shown };
      return new fc.Value(makeValue(generator, place), undefined);
    }

    override canShrinkWithoutContext(_: unknown): _ is unknown {
      return false;
    }

    /** Requests are shrunk as a whole, whatever they were made by; see `shrink-request.ts`. */
    override shrink(): Stream<Value<unknown>> {
      return fc.Stream.nil();
    }
  }
  return new SchemaArbitrary();
}
