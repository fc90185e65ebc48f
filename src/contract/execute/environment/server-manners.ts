import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollections } from '../../../openapi/infer/api-collections.ts';
import type { LeftOut } from '../../model/left-out.ts';
import { leftOutBy, type MannersOptions, saidOfLeftOut } from '../../plan/manners/manners.ts';
import { staysBehind } from '../../plan/manners/stays-behind.ts';

/** Leave to leave something behind; to be settled when it is known whether that happened. */
export interface LeaveToStay {
  settle(stays: boolean): void;
}

/** What a run does not do at its server, and what it has left out for that. */
export interface ServerManners {
  /** Whether the run started the server itself. */
  readonly isOwnServer: boolean;
  /** Why a request may not be sent, whatever it says; undefined: it may. What is refused is noted as left out. */
  refusal(operation: Operation, method?: string): string | undefined;
  /** Why something that nothing can delete may not be created, by now; undefined: it may, or it can be deleted. */
  stayRefusal(operation: Operation, method?: string): string | undefined;
  /** Counts what nothing can delete, from before it is sent; undefined: it does not count. */
  mayStay(operation: Operation, method?: string): LeaveToStay | undefined;
  readonly leftOut: readonly LeftOut[];
}

export interface ServerMannersOptions extends MannersOptions {
  /** Whether what nothing can delete is created, and at most how many for each operation. */
  readonly allowLeftovers?: boolean | number | undefined;
}

/** How many are left for each operation, where it is allowed and not said how many. */
export const usualLeftovers = 3;

/** @param isForgotten whether all that is made goes as a whole, as a mock's namespace does */
export function serverManners(
  collections: ApiCollections,
  options: ServerMannersOptions,
  isForgotten: boolean,
): ServerManners {
  const { allowLeftovers = false, ownServer = false } = options;
  const most = allowLeftovers === true ? usualLeftovers : Number(allowLeftovers);
  const leftOut = new Map<string, LeftOut>();
  const stayed = new Map<Operation, number>();
  const note = (left: LeftOut) => {
    leftOut.set(`${left.request} ${left.why}`, left);
    return left;
  };
  const reasonToStay = (operation: Operation, method?: string) =>
    ownServer || isForgotten ? undefined : staysBehind(collections, operation, method);

  return {
    isOwnServer: ownServer,
    get leftOut() {
      return [...leftOut.values()];
    },
    refusal(operation, method) {
      const left = leftOutBy(options, collections, operation, method);
      // Nobody misses a method that the document does not have.
      const isDeclared = method === undefined || method.toLowerCase() === operation.method;
      return left && saidOfLeftOut(isDeclared ? note(left) : left);
    },
    stayRefusal(operation, method) {
      const why = reasonToStay(operation, method);
      if (why === undefined || (stayed.get(operation) ?? 0) < most) return undefined;
      if (most > 0) return `${why}, and ${most} were left; allow more with --allow-leftovers=${most * 2}`;
      note({
        operation: operation.id,
        request: `${operation.method.toUpperCase()} ${operation.path}`,
        why,
        include: '--allow-leftovers',
      });
      return `${why}; allow it with --allow-leftovers`;
    },
    mayStay(operation, method) {
      if (reasonToStay(operation, method) === undefined) return undefined;
      const count = (by: number) => stayed.set(operation, (stayed.get(operation) ?? 0) + by);
      count(1);
      return { settle: (stays) => void (stays || count(-1)) };
    },
  };
}
