import { isObject } from '../../json/is-object.ts';
import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import { resolverOf } from '../../openapi/document/resolver-of.ts';
import { type MergedSchema, mergeSchema } from '../../openapi/schema/merge-schema.ts';
import type { Direction, Validators } from '../../openapi/schema/validators.ts';

/** A part of a value, the whole included, with the schemas that speak of it. */
export interface ValuePart {
  /** Keys that lead to it. */
  readonly keys: readonly string[];
  /** Undefined: it may stand there, and does not. */
  readonly value: unknown;
  readonly merged: MergedSchema;
  /** Whether the object it stands in must have it. */
  readonly isRequired: boolean;
}

interface Means {
  readonly document: ApiDocument;
  readonly validators: Validators;
  readonly direction: Direction;
}

const deepest = 6;
const mostRounds = 8;

/** The parts of a value, outermost first; of an array the last item, since what is wrong there is overlooked most easily. */
export function partsOf(means: Means, schema: Pointer, value: unknown): readonly ValuePart[] {
  const found: ValuePart[] = [];
  visit([schema], [], value, true);
  return found;

  function visit(
    starts: readonly Pointer[],
    keys: readonly string[],
    part: unknown,
    isRequired: boolean,
  ): void {
    const merged = chosen(means, starts, part);
    found.push({ keys, value: part, merged, isRequired });
    if (keys.length >= deepest) return;
    if (Array.isArray(part) && part.length > 0) {
      if (merged.items.length > 0) visit(merged.items, [...keys, String(part.length - 1)], part.at(-1), true);
      return;
    }
    if (!isObject(part)) return;
    for (const [name, pointers] of merged.properties) {
      const below = Object.hasOwn(part, name) ? part[name] : undefined;
      visit(pointers, [...keys, name], below, merged.required.has(name));
    }
  }
}

/** The schemas that hold for a value, with the branch taken of each `oneOf` and `anyOf` that allows it. */
function chosen({ direction, document, validators }: Means, starts: readonly Pointer[], value: unknown) {
  const branches = new Map<Pointer, Pointer>();
  let merged = mergeSchema(resolverOf(document), starts, branches);
  for (let round = 0; round < mostRounds && merged.groups.length > 0; round += 1) {
    for (const { branches: all, pointer } of merged.groups) {
      const fits = all.find((branch) => validators.validate(branch, value, direction, '').length === 0);
      const [first = pointer] = all;
      branches.set(pointer, fits ?? first);
    }
    merged = mergeSchema(resolverOf(document), starts, branches);
  }
  return merged;
}

/** `email`, `address/city`. */
export function nameOf({ keys }: ValuePart): string {
  return keys.join('/');
}
