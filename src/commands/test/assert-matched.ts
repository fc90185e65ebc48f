import { phases as allPhases } from '../../contract/model/phase.ts';
import type { Plan } from '../../contract/model/plan.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';
import type { TestFlags } from './test-flags.ts';

/**
 * A selector with a typo would else test nothing, and pass.
 *
 * @throws SparringError `usage` where a selector means nothing, or no case is left
 */
export function assertMatched(
  { cases, unmatched }: Pick<Plan, 'cases' | 'unmatched'>,
  { phases, skip }: Pick<TestFlags, 'phases' | 'skip'>,
  document: ApiDocument,
): void {
  const [text] = unmatched ?? [];
  if (text !== undefined) throw unmatchedSelector(text, document);
  if (cases.length > 0) return;
  const why = skip
    ? '--skip leaves none'
    : phases
      ? `there is none in ${phases.join(', ')}`
      : 'it has no operations';
  throw noCase(`There are no cases: ${why}.`, undefined);
}

function unmatchedSelector(text: string, document: ApiDocument): SparringError {
  const { operations } = document;
  const [, kind, value = ''] = /^(tag|path|method|operation):(.*)$/s.exec(text) ?? [];
  const known = {
    tag: () => operations.flatMap(({ definition }) => definition.tags ?? []),
    path: () => operations.map(({ path }) => path),
    method: () => operations.map(({ method }) => method),
    operation: () => operations.map(({ id }) => id),
  };
  if (kind === 'tag' || kind === 'path' || kind === 'method' || kind === 'operation') {
    const guess = nearest(value, [...new Set(known[kind]())]);
    return noCase(`No operation has the ${kind} "${value}".`, guess && `${kind}:${guess}`);
  }
  if (text === 'deprecated') return noCase('No operation is deprecated.', undefined);
  return noCase(
    `No case has "${text}" in its id.`,
    nearest(text, [...document.operationsById.keys(), ...allPhases]),
  );
}

function noCase(message: string, guess: string | undefined): SparringError {
  return new SparringError('usage', message, {
    next: guess === undefined ? 'Run with --plan to see all cases.' : `Did you mean ${guess}?`,
  });
}
