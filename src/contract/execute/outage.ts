import type { CaseRun } from '../model/case-run.ts';
import type { CaseExchange } from '../model/exchange.ts';
import type { Environment } from './environment/environment.ts';

/** A case that was run, and how it is run once more. */
export interface Attended {
  readonly run: CaseRun;
  again(): Promise<CaseRun>;
  /** Takes another run of it in place of the first. */
  replace(run: CaseRun): void;
}

/** What a run does where its server goes away in the middle. */
export interface Outage {
  /** How often it went away so far; to be asked before a case begins. */
  readonly count: number;
  /** Resolves when nobody waits for the server any more. */
  settled(): Promise<void>;
  /**
   * Looks after a case whose requests were not all answered: waits until the server is there again, and runs the case once more.
   *
   * @param before the count when the case began
   */
  attend(attended: Attended, before: number): Promise<CaseRun>;
  /** That it stayed away, as a sentence. */
  readonly gone: string | undefined;
}

/** Milliseconds that a server is waited for, and between two looks. */
const usualPatience = 20_000;
const pause = 200;
/** How often it may go away before the run is given up. */
const mostOutages = 8;

export function watchOutages(environment: Environment): Outage {
  const { manners, notices, patience = usualPatience, signal, transport } = environment;
  let count = 0;
  let gone: string | undefined;
  /** The last case that wrote and was answered. */
  let last: Attended | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** A connection that was kept open tells of a server that was there; only a new one tells of now. */
  async function isThere(): Promise<boolean> {
    const request = { method: 'GET', url: `${transport.url}/`, headers: {}, body: undefined };
    for (let look = 0; look < 3; look += 1) {
      const { failure } = await transport.send(request);
      if (failure?.kind === 'unreachable') return false;
      if (failure?.kind !== 'reset') return true;
      await new Promise((resolve) => setTimeout(resolve, pause / 4));
    }
    return true;
  }

  async function comesBack(): Promise<boolean> {
    const end = performance.now() + patience;
    while (!signal?.aborted && performance.now() < end) {
      if (await isThere()) return true;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return false;
  }

  /** Some answer first, and end a little later. */
  async function goesAway(): Promise<boolean> {
    for (let look = 0; look < 8; look += 1) {
      if (!(await isThere())) return true;
      await new Promise((resolve) => setTimeout(resolve, pause / 4));
    }
    return false;
  }

  function leave(after: string): void {
    gone = `The server went away after ${after}, and did not come back within ${Math.round(patience / 1000)} s.`;
  }

  /** Tries once more what the server went away after; the answer is what became of it then. */
  async function tryAgain(attended: Attended): Promise<{ readonly run: CaseRun; readonly isFatal: boolean }> {
    const run = await attended.again();
    const isCutAgain = run.exchanges.some(isCut);
    if (!isCutAgain && !(await goesAway())) return { run, isFatal: false };
    const exchange = isCutAgain ? culpritOf(run.exchanges) : run.exchanges.length - 1;
    const what = 'the server went away, and did so again when it was sent once more';
    return { run: { ...run, ...(exchange >= 0 && { aftermath: { exchange, what } }) }, isFatal: true };
  }

  async function lookAfter(
    attended: Attended,
    before: number,
    previous: Attended | undefined,
  ): Promise<CaseRun> {
    const { again, run } = attended;
    if (gone !== undefined) return cutOff(run);
    if (await isThere()) return before === count ? run : again();
    count += 1;
    const culprit = culpritOf(run.exchanges);
    // Where the first request found nobody, it was another that ended the server.
    const isOwn = culprit > 0 || run.exchanges[culprit]?.failure?.kind === 'reset';
    const suspect = isOwn ? attended : previous;
    const after = suspect
      ? nameOf(suspect.run, isOwn ? culprit : suspect.run.exchanges.length - 1)
      : nameOf(run, 0);
    if (manners.isOwnServer || !(await comesBack())) {
      leave(after);
      const exchange = isOwn ? culprit : -1;
      return manners.isOwnServer && exchange >= 0
        ? { ...run, aftermath: { exchange, what: 'the server that the run had started was gone' } }
        : cutOff(run);
    }
    if (!suspect) return again();
    let second = await tryAgain(suspect);
    // A connection that was kept open may have been cut by what came before on it.
    const isPrevious = !second.isFatal && suspect === attended && culprit === 0 && previous !== undefined;
    const earlier = isPrevious ? await tryAgain(previous) : undefined;
    const guilty = earlier?.isFatal ? previous : suspect;
    const own = second.run;
    if (earlier?.isFatal) second = earlier;
    if (!second.isFatal)
      notices.push(
        `the server went away after ${after}, came back, and did not go away when that was tried again`,
      );
    else if (!(await comesBack())) leave(nameOf(second.run, second.run.exchanges.length - 1));
    else if (count >= mostOutages)
      gone = `The server went away ${count} times, the last time after ${after}.`;
    if (guilty === attended || guilty === undefined) return second.run;
    if (second.isFatal) guilty.replace(second.run);
    if (suspect === attended) return own;
    return gone === undefined ? again() : cutOff(run);
  }

  return {
    get count() {
      return count;
    },
    get gone() {
      return gone;
    },
    async settled() {
      await turn;
    },
    attend(attended, before) {
      const { run } = attended;
      const isFine = !run.exchanges.some(isCut) && !(run.notRun !== undefined && transport.lost.count > 0);
      const previous = last;
      if (isFine) {
        if (run.case.writes && run.exchanges.length > 0) last = attended;
        return Promise.resolve(run);
      }
      const looked = turn.then(() => lookAfter(attended, before, previous));
      turn = looked.catch(() => {});
      return looked;
    },
  };
}

function isCut({ failure }: CaseExchange): boolean {
  return failure?.kind === 'unreachable' || failure?.kind === 'reset';
}

/** The request that was cut off, else the last that was answered before one found nobody; -1: there is none. */
function culpritOf(exchanges: readonly CaseExchange[]): number {
  const first = exchanges.findIndex(isCut);
  if (first < 0) return -1;
  return exchanges[first]?.failure?.kind === 'unreachable' && first > 0 ? first - 1 : first;
}

function nameOf({ case: { operation }, exchanges }: CaseRun, index: number): string {
  const exchange = exchanges[index];
  const { method, path } = exchange
    ? { method: exchange.request.method, path: exchange.operation.path }
    : { method: operation.method.toUpperCase(), path: operation.path };
  return `${method} ${path}`;
}

/** What was answered stands; what was not says nothing of the server's answers. */
function cutOff(run: CaseRun): CaseRun {
  return { ...run, exchanges: run.exchanges.filter((each) => !isCut(each)), notRun: 'the server went away' };
}
