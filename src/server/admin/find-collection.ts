import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { ServedApi } from '../model/served-api.ts';

/**
 * Makes sure that an API keeps a collection of that name, by its document or in the state, so that a misspelling does not
 * make a new one. Throws `record-not-found` with the nearest right name, `invalid-request` for what only the engine may see.
 */
export function findCollection(namespace: Namespace, api: ServedApi, name: string): void {
  if (name.startsWith('_') && name !== '__proto__') {
    throw new SparringError(
      'invalid-request',
      `The collection "${name.slice(0, 100)}" is kept by the mock itself.`,
      {
        next: 'Names of collections do not begin with "_".',
      },
    );
  }
  const known = new Set([...api.model.resources.keys(), ...namespace.collections(api.name)]);
  // A document of which nothing was inferred may be given any state.
  if (known.has(name) || (known.size === 0 && name !== '__proto__')) return;
  const guess = nearest(name, known);
  throw new SparringError('record-not-found', `${api.name} has no collection "${name.slice(0, 100)}".`, {
    next: guess ? `Did you mean ${guess}?` : `Its collections: ${[...known].join(', ') || 'none'}.`,
  });
}
