import type { Arbitrary } from 'fast-check';
import type { Pointer } from '../../json/json-pointer.ts';
import type { Resolver } from '../../openapi/document/resolver.ts';
import { type MergedSchema, mergeSchema } from '../../openapi/schema/merge-schema.ts';
import type { Validators } from '../../openapi/schema/validators.ts';

/** How much a generated value may differ from the example that the document shows. */
export type GeneratorMode =
  /** Anything its schemas allow. */
  | 'any'
  /** Anything, with every optional part. */
  | 'full'
  /** What the document shows, varied only where a server can ask for nothing that the schema does not say. */
  | 'near';

/** Everything that is needed to generate one value. */
export interface GeneratorContext {
  readonly mode: GeneratorMode;
  /** Takes values as they come, without looking whether they keep what they were not made by. */
  readonly loose: boolean;
  readonly resolver: Resolver;
  readonly validators: Validators;
  merge(starts: readonly Pointer[], chosen: ReadonlyMap<Pointer, Pointer>): MergedSchema;
  /** Takes the next value of an arbitrary. */
  draw<T>(arbitrary: Arbitrary<T>): T;
  /** Makes a value in the place of a part: of an item, or of a property. */
  makePart(generator: GeneratorContext, place: ValuePlace): unknown;
  /** How many more values may be generated; after that only what is required is. */
  readonly room: { left: number };
}

/** Where a value stands. */
export interface ValuePlace {
  /** The schemas that all speak of it. */
  readonly starts: readonly Pointer[];
  /** Of the property or parameter; empty for a whole body. */
  readonly name: string;
  /** The schemas it is a part of. */
  readonly above: ReadonlySet<Pointer>;
  readonly depth: number;
  /** What the document shows there; undefined: nothing. */
  readonly shown: unknown;
}

/** Merges schemas, each set of them once. */
export function mergerOf(resolver: Resolver): GeneratorContext['merge'] {
  const kept = new Map<string, MergedSchema>();
  return (starts, chosen) => {
    const key = JSON.stringify([starts, [...chosen]]);
    let merged = kept.get(key);
    if (!merged) {
      merged = mergeSchema(resolver, starts, chosen);
      kept.set(key, merged);
    }
    return merged;
  };
}

/** The strictest value of a keyword that is a number: the largest of what begins with `min`, the smallest of all else. */
export function strictest({ nodes }: MergedSchema, keyword: string): number | undefined {
  const found = nodes.flatMap(({ [keyword]: value }) => (typeof value === 'number' ? [value] : []));
  if (found.length === 0) return undefined;
  return /^min|^exclusiveMin/.test(keyword) ? Math.max(...found) : Math.min(...found);
}

export function textsOf({ nodes }: MergedSchema, keyword: string): readonly string[] {
  return nodes.flatMap(({ [keyword]: value }) => (typeof value === 'string' ? [value] : []));
}
