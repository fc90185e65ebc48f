import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';

/** What a report says after the reason why something stays: where it can be found. */
export function howToFind(collection: Pick<ApiCollection, 'list' | 'read'> | undefined): string {
  const { list, read } = collection ?? {};
  const operation = read ?? list;
  return operation ? `; find it by ${operation.method.toUpperCase()} ${operation.path}` : '';
}
