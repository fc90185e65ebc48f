import { isObject } from '../../../json/is-object.ts';

/** One value of a payload that is no object and no list, and the keys that lead to it. */
export interface PayloadLeaf {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** How deep a payload is looked into, and how many values of it are. */
const deepest = 4;
const mostLeaves = 200;

/** The values of a payload outside of lists, the outer ones first. */
export function payloadLeaves(payload: unknown): readonly PayloadLeaf[] {
  const leaves: PayloadLeaf[] = [];
  const waiting: PayloadLeaf[] = [{ keys: [], value: payload }];
  for (let here = waiting.shift(); here && leaves.length < mostLeaves; here = waiting.shift()) {
    const { keys, value } = here;
    if (Array.isArray(value)) continue;
    if (!isObject(value)) leaves.push(here);
    else if (keys.length < deepest)
      for (const [key, part] of Object.entries(value)) waiting.push({ keys: [...keys, key], value: part });
  }
  return leaves;
}
