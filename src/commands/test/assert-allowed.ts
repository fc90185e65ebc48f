import { isNamedBy } from '../../contract/plan/manners/manners.ts';
import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import type { ApiDocument } from '../../openapi/document/document.ts';

/**
 * Each pattern of what is allowed names an operation: one with a typo would allow nothing, and nobody would know.
 *
 * @throws SparringError `usage`
 */
export function assertAllowed(
  patterns: readonly string[] | undefined,
  { operations }: Pick<ApiDocument, 'operations'>,
): void {
  const strange = patterns?.find((pattern) => !operations.some((operation) => isNamedBy(pattern, operation)));
  if (strange === undefined) return;
  const names = operations.flatMap(({ id, method, path }) => [id, `${method.toUpperCase()} ${path}`]);
  const guess = nearest(strange, names);
  throw new SparringError('usage', `What is allowed, "${strange}", names no operation of the document.`, {
    next: guess
      ? `Did you mean ${guess}?`
      : 'Give an operationId, a path, or METHOD and path as the document has them; * stands for any text.',
  });
}
