import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Json } from './plain-document.ts';

/** What a person calls an operation, and which collection it is about. */
export interface Meaning {
  readonly action: string;
  readonly collection: string | undefined;
}

/** By operationId. */
export type Expected = ReadonlyMap<string, Meaning>;

const crud = ['create', 'list', 'read', 'update', 'replace', 'delete'];
const actions = [...crud, 'action', 'none'];

/**
 * Reads `<name>.expected.yaml` beside a document: `operationId: { action, collection }`, also below `operations`.
 *
 * @throws Error naming the operation whose action is none of the words
 */
export function readExpected(document: string): Expected {
  const file = document.replace(/\.(ya?ml|json)$/, '.expected.yaml');
  if (!existsSync(file)) throw new Error(`${document} has no ${file} beside it.`);
  const root: Json = load(readFileSync(file, 'utf8'));
  return new Map(
    Object.entries<Json>(root.operations ?? root).map(([id, written]) => {
      const { action, collection } = typeof written === 'string' ? wordsOf(written) : written;
      if (!actions.includes(action)) throw new Error(`${file}: ${id} is ${action}, not one of ${actions}.`);
      return [id, { action, collection }];
    }),
  );
}

function wordsOf(written: string): Json {
  const [action, collection] = written.split(' ');
  return { action, collection };
}

/** Whether `sparring explain` says what a person does; a replacement is an update to it, and case does not count. */
export function isRight(
  { action, collection }: Meaning,
  said: { action: string; resource: string },
): boolean {
  if (action === 'none') return !crud.includes(said.action);
  const same = said.action === action || (action === 'replace' && said.action === 'update');
  return same && (collection === undefined || lastWord(said.resource) === lastWord(collection));
}

function lastWord(collection: string): string {
  return (collection.split(/[/.]/).at(-1) ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
}
