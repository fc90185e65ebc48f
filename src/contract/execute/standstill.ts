import type { Operation } from '../../openapi/document/document.ts';
import type { CaseRun } from '../model/case-run.ts';
import type { CaseExchange } from '../model/exchange.ts';
import { isSafe } from '../plan/requests/is-safe.ts';
import type { Environment } from './environment/environment.ts';

/** A state that the run itself has brought about, in which the server answers nothing any more. */
export interface Standstill {
  /** Clause for what was not run for it. */
  readonly because: string;
  /** The run and the exchange that brought it about. */
  readonly culprit: { readonly run: number; readonly exchange: number };
  /** The runs that saw nothing but it. */
  readonly affected: ReadonlySet<number>;
}

/** How many answers in a row, and of how many operations, before it is looked whether all are answered so. */
const mostAlike = 6;
const leastOperations = 2;

/**
 * Notices that after some write the server answers everything by the same 5xx, as in a maintenance mode: what was answered well
 * before is asked again, and answered so too.
 */
export function watchStandstill(environment: Environment) {
  const { transport } = environment;
  const good = new Map<Operation, CaseExchange>();
  let lastWrite: Standstill['culprit'] | undefined;
  let writeName = '';
  let streak: { status: number; count: number; operations: Set<Operation>; runs: Set<number> } | undefined;

  function note(exchange: CaseExchange, run: number, index: number): void {
    const { operation, request, response } = exchange;
    const status = response?.status ?? 0;
    if (status >= 500) {
      if (streak?.status !== status) streak = { status, count: 0, operations: new Set(), runs: new Set() };
      streak.count += 1;
      streak.operations.add(operation);
      streak.runs.add(run);
      return;
    }
    if (status === 0 || status >= 400) return;
    streak = undefined;
    if (isSafe(request.method)) good.set(operation, exchange);
    else {
      lastWrite = { run, exchange: index };
      writeName = `${request.method} ${operation.path}`;
    }
  }

  return {
    /** Looks at what a case was answered; the answer is there once the server stands still. */
    async see({ exchanges }: CaseRun, run: number): Promise<Standstill | undefined> {
      for (const [index, exchange] of exchanges.entries()) note(exchange, run, index);
      if (!streak || streak.count < mostAlike || streak.operations.size < leastOperations || !lastWrite)
        return undefined;
      const { runs, status } = streak;
      const known = [...good].filter(([{ path }]) => !path.includes('{')).slice(0, 3);
      if (known.length === 0) return undefined;
      for (const [, { request }] of known) {
        const { response } = await transport.send(request);
        if (response?.status !== status) {
          streak = undefined;
          return undefined;
        }
      }
      const affected = new Set(runs);
      affected.delete(lastWrite.run);
      return {
        because: `everything is answered ${status} since ${writeName}`,
        culprit: lastWrite,
        affected,
      };
    },
  };
}
