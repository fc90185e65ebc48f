import { SparringError } from '../../errors.ts';
import type { Operation } from '../../openapi/document/document.ts';

/** What `--only` and `--skip` choose by. */
export interface Selector {
  /** As it was given. */
  readonly text: string;
  /** Whether an operation is meant, whatever is done with it; undefined for selectors that look at ids. */
  readonly meansOperation: ((operation: Operation) => boolean) | undefined;
  /** Whether an id is meant, of a case or a mutant; a selector of operations means none. */
  meansId(id: string): boolean;
}

/** By the word before its colon. */
const kinds: Readonly<Record<string, (value: string) => (operation: Operation) => boolean>> = {
  tag: (value) => {
    const fits = globOf(value);
    return ({ definition }) => (definition.tags ?? []).some((tag) => fits(String(tag)));
  },
  path: (value) => {
    const fits = globOf(value);
    const below = globOf(`${value.replace(/\/$/, '')}/*`);
    return ({ path }) => fits(path) || below(path);
  },
  method: (value) => {
    const wanted = value.toLowerCase();
    return ({ method }) => method === wanted;
  },
  operation: (value) => {
    const fits = globOf(value);
    return ({ id }) => fits(id);
  },
};

/**
 * Reads a selector: `tag:`, `path:` (and what is below it), `method:` or `operation:` with a value in which `*` stands for anything;
 * `deprecated`; `/regular expression/` of an id; else a text that is in an id.
 *
 * @throws SparringError `usage` for an expression that is none, and for a kind without a value
 */
export function readSelector(text: string): Selector {
  const [, kind = '', value = ''] = /^(tag|path|method|operation):(.*)$/s.exec(text) ?? [];
  const means = kinds[kind];
  if (means) {
    if (value === '')
      throw new SparringError('usage', `"${text}" does not say which ${kind}.`, {
        next: `Write it as ${kind}:<value>.`,
      });
    return { text, meansOperation: means(value), meansId: () => false };
  }
  if (text === 'deprecated')
    return { text, meansOperation: ({ definition }) => definition.deprecated === true, meansId: () => false };
  const [, pattern, flags = ''] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? [];
  if (pattern === undefined) return { text, meansOperation: undefined, meansId: (id) => id.includes(text) };
  const expression = expressionOf(text, pattern, flags);
  return { text, meansOperation: undefined, meansId: (id) => expression.test(id) };
}

function expressionOf(text: string, pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (cause) {
    throw new SparringError('usage', `${text} is no regular expression.`, {
      next: 'Mend it, or leave out the slashes to look for the text as it is.',
      cause,
    });
  }
}

/** A text in which `*` stands for anything. */
function globOf(text: string): (value: string) => boolean {
  const parts = text.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/-]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (value) => expression.test(value);
}
