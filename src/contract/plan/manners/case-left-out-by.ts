import type { ApiCollections } from '../../../openapi/infer/api-collections.ts';
import type { Case } from '../../model/case.ts';
import { isSafe } from '../requests/is-safe.ts';
import { leftOutBy, type MannersOptions, saidOfLeftOut } from './manners.ts';
import { staysBehind } from './stays-behind.ts';

/**
 * Why a case would not be sent to a server that the run did not start itself, as far as the document tells; undefined: it would.
 * Whether a record is the run's own is known in the run alone.
 */
export function caseLeftOutBy(
  options: MannersOptions & { readonly allowLeftovers?: boolean | number | undefined },
  collections: ApiCollections,
  { steps }: Case,
): string | undefined {
  const declared = steps.filter(
    ({ expect, request }) => expect !== 'method-refused' || isSafe(request.method),
  );
  return Iterator.from(declared)
    .map(({ operation, request: { method } }) => {
      const left = leftOutBy(options, collections, operation, method);
      if (left) return `${saidOfLeftOut(left)}; the mock that a run starts is sent it`;
      const stays = options.allowLeftovers ? undefined : staysBehind(collections, operation, method);
      return (
        stays &&
        `left out where the run does not start the server: ${stays}; include it with --allow-leftovers`
      );
    })
    .find((why) => why !== undefined);
}
