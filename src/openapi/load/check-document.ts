import type { DocumentProblem } from '../document/document-problem.ts';
import type { OperationIndex } from '../document/index-operations.ts';
import { type BundlePositions, documentInvalid } from './bundle-positions.ts';
import { checkExtension } from './check-extension.ts';
import { checkReferences } from './check-references.ts';
import { checkAliases, checkStructure } from './check-structure.ts';
import { findLeniencies } from './find-leniencies.ts';
import { findUnusableSchemas } from './find-unusable-schemas.ts';

/** How many of a document's problems one error names. */
const mostProblems = 20;

/**
 * Checks a whole document. Gives what is wrong with it and is read all the same.
 *
 * @throws SparringError `document-invalid` with the problems of the first check that finds any
 */
export async function checkDocument(
  index: OperationIndex,
  positions: BundlePositions,
): Promise<readonly DocumentProblem[]> {
  const { operations, resolver, root } = index;
  // In this order since each relies on what those before it found to be in order.
  const checks: (() => Iterable<DocumentProblem> | Promise<Iterable<DocumentProblem>>)[] = [
    () => checkStructure(root, resolver),
    () => checkReferences(root, resolver),
    () => checkExtension(root, operations),
    () => checkAliases(root),
  ];
  for (const run of checks) {
    const problems = Iterator.from(await run())
      .take(mostProblems)
      .toArray();
    if (problems.length > 0) throw documentInvalid(positions, problems);
  }
  return [...findLeniencies(index), ...findUnusableSchemas(index)];
}
