import type { ApiDocument, Operation } from '../document/document.ts';
import { type PathFacts, pathFactsOf } from './path-facts.ts';

/**
 * What the paths of a document say, also where the item of a collection is not right below it: in the singular, as `/bookings`
 * with `/booking/{id}`, or named by several parameters, as `/servers/{ip}/{name}`.
 */
export function collectionPlaces(document: ApiDocument): (operation: Operation) => PathFacts | undefined {
  const plain = document.operations.map((operation) => pathFactsOf(operation.path));
  const whole = new Set(
    plain.flatMap((facts) => (facts && !facts.idParameter ? [facts.collectionPath] : [])),
  );
  const withItems = new Set(plain.flatMap((facts) => (facts?.idParameter ? [facts.collectionPath] : [])));
  const bySingular = new Map(
    [...whole].filter((path) => !withItems.has(path)).map((path) => [singularOf(path), path] as const),
  );
  const placeOf = (path: string) => (whole.has(path) ? path : (bySingular.get(singularOf(path)) ?? path));
  return ({ path }) => {
    const facts = pathFactsOf(path) ?? factsOfKey(path, whole);
    if (!facts) return undefined;
    const collectionPath = placeOf(facts.collectionPath);
    const parents = facts.parents.map((parent) => ({
      ...parent,
      collectionPath: placeOf(parent.collectionPath),
    }));
    return {
      ...facts,
      collectionPath,
      collection: collectionPath.split('/').at(-1) ?? facts.collection,
      parents,
    };
  };
}

/** `/servers/{ip}/{name}` where `/servers` is a collection. */
function factsOfKey(path: string, whole: ReadonlySet<string>): PathFacts | undefined {
  const [, collectionPath = '', key, last] = /^(.*[^/}])\/\{([^{}/]+)\}\/\{([^{}/]+)\}\/?$/.exec(path) ?? [];
  const facts = pathFactsOf(`${collectionPath}/{${last}}`);
  if (key === undefined || last === undefined || !facts || !whole.has(collectionPath)) return undefined;
  return { ...facts, parents: [...facts.parents, { parameter: key, collection: undefined, collectionPath }] };
}

function singularOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
}
