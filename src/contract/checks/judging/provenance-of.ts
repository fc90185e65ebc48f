import { isObject, type JsonObject } from '../../../json/is-object.ts';
import { keysOf, type Pointer, pointerTo } from '../../../json/json-pointer.ts';
import type { ApiDocument } from '../../../openapi/document/document.ts';
import { recordPropertiesOf } from '../../../openapi/document/record-properties.ts';
import { resolverOf } from '../../../openapi/document/resolver-of.ts';
import type { Provenance } from '../../model/provenance.ts';

const strengths: readonly Provenance[] = ['document', 'public', 'inferred', 'default'];

/**
 * How sure the document is of a fact: the nearest `x-provenance` at or above the last pointer, else above the one before, and
 * so on. The pointers lead to the fact, outermost first, a new one wherever a `$ref` was followed. Without any mark: `document`.
 */
export function provenanceOf(document: ApiDocument, chain: readonly Pointer[]): Provenance {
  for (const pointer of chain.toReversed()) {
    const marked = nearestMark(document, pointer);
    if (marked) return marked;
  }
  return 'document';
}

/** The weakest of several facts that all bear a verdict. */
export function weakestOf(provenances: Iterable<Provenance>): Provenance {
  let weakest = 0;
  for (const provenance of provenances) weakest = Math.max(weakest, strengths.indexOf(provenance));
  return strengths[weakest] ?? 'document';
}

function nearestMark(document: ApiDocument, pointer: Pointer): Provenance | undefined {
  const keys = keysOf(pointer) ?? [];
  const resolver = resolverOf(document);
  for (let length = keys.length; length >= 0; length -= 1) {
    const node = resolver.at(pointerTo('#', ...keys.slice(0, length)))?.node;
    if (!isObject(node)) continue;
    const found = strengths.find((strength) => strength === node['x-provenance']);
    if (found) return found;
  }
  return undefined;
}

/** The pointers that lead from a schema to the part of it that speaks of a value's part, as far as they can be told. */
export function schemaChain(
  document: ApiDocument,
  schema: Pointer,
  keys: readonly string[],
): readonly Pointer[] {
  const chain: Pointer[] = [schema];
  let here = document.resolve(schema)?.pointer;
  if (here !== undefined && here !== schema) chain.push(here);
  for (const key of keys) {
    const next: Pointer | undefined = here === undefined ? undefined : partOf(document, here, key);
    if (next === undefined) break;
    chain.push(next);
    here = document.resolve(next)?.pointer;
    if (here !== undefined && here !== next) chain.push(here);
  }
  return chain;
}

function partOf(document: ApiDocument, schema: Pointer, key: string): Pointer | undefined {
  const property = recordPropertiesOf(document, schema).get(key);
  if (property !== undefined) return property;
  const node = document.resolve<JsonObject>(schema)?.node;
  if (!isObject(node)) return undefined;
  if (/^\d+$/.test(key) && isObject(node.items)) return pointerTo(schema, 'items');
  return isObject(node.additionalProperties) ? pointerTo(schema, 'additionalProperties') : undefined;
}

/** The keys behind the first part of a violation's location: `body/address/city` → `address`, `city`. */
export function keysOfLocation(location: string): readonly string[] {
  return location
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
