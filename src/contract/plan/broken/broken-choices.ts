import { hasKeyword } from '../requests/boundary-values.ts';
import type { ValueBreaker } from './broken-value.ts';

/** None of them is a choice that a document would offer. */
const noChoices: readonly unknown[] = ['sparring-no-choice', 987_654, true, false, { sparring: 'no choice' }];

export const brokenChoices: ValueBreaker = (field) =>
  (['enum', 'const'] as const)
    .filter((keyword) => hasKeyword(field, keyword))
    .flatMap((keyword) => noChoices.map((value) => ({ keyword, value })));
