import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollections } from '../../../openapi/infer/api-collections.ts';
import { askingWords } from './dangerous-words.ts';

/**
 * Why what a request makes would stay; undefined where it makes nothing, or nothing that cannot be deleted. A POST about no record
 * is taken to make something unless it is named for a question.
 *
 * @param method the one that is sent, upper-case
 */
export function staysBehind(
  collections: ApiCollections,
  operation: Operation,
  method: string = operation.method.toUpperCase(),
): string | undefined {
  if (method !== 'POST' || operation.extension.action === 'token') return undefined;
  const role = collections.roleOf(operation);
  if (role?.role === 'create')
    return role.collection.delete ? undefined : `nothing deletes one of ${role.collection.name}`;
  if (role || collections.creates(operation) || collections.recordOf(operation) || isQuestion(operation))
    return undefined;
  return 'nothing undoes what it does';
}

function isQuestion({ definition: { operationId = '' }, path }: Operation): boolean {
  const last = path.split(/[/:.]/).findLast((segment) => segment !== '' && !segment.includes('{')) ?? '';
  const [verb = ''] = operationId.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/);
  return [...last.split(/[-_]/), verb].some((word) => askingWords.has(word.toLowerCase()));
}
