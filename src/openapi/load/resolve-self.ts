import type { JsonObject } from '../../json/is-object.ts';
import { walkReferences } from '../document/walk-references.ts';

/**
 * Makes references by the document's own address (`$self`, OpenAPI 3.2, section 4.1.2.2.1) ones within it. Changes `root`, which
 * must be the caller's own.
 */
export function resolveSelf(root: JsonObject): void {
  const self: unknown = root.$self;
  if (typeof self !== 'string' || self === '') return;
  for (const { holder, reference } of walkReferences(root)) {
    const hash = reference.indexOf('#');
    if (hash > 0 && isSame(reference.slice(0, hash), self))
      Reflect.set(holder, '$ref', reference.slice(hash));
  }
}

function isSame(address: string, self: string): boolean {
  if (address === self) return true;
  return (
    URL.canParse(self) && URL.canParse(address, self) && new URL(address, self).href === new URL(self).href
  );
}
