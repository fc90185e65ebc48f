import type { Operation } from '../../openapi/document/document.ts';
import type { Case } from '../model/case.ts';
import { type Phase, phases } from '../model/phase.ts';
import { readSelector, type Selector } from './selector.ts';

/** Which cases of a plan are wanted. */
export interface Narrowing {
  /** Parts of case ids (`createCustomer`, `negatives`, `body/email`), or other selectors; a case is kept when one means it. */
  readonly only?: readonly string[] | undefined;
  /** Those of cases to leave out. */
  readonly skip?: readonly string[] | undefined;
}

/** Chooses cases, and remembers which of its selectors meant any. */
export interface Choice {
  /** Whether a case is wanted. */
  isWanted(planned: Case): boolean;
  /**
   * Whether any case of a phase can be wanted; making those that cannot takes time for nothing.
   *
   * @param operation what the cases are about; undefined: any
   */
  mayBeWanted(operation: Operation | undefined, phase: Phase): boolean;
  /** Selectors that meant nothing so far, as they were given. */
  unmatched(): readonly string[];
}

const withPhase = new RegExp(`^(.*?)/(${phases.join('|')})(?:/|$)`);

/** @throws SparringError `usage` for a selector that cannot be read */
export function createChoice({ only = [], skip = [] }: Narrowing): Choice {
  const wanted = only.map(readSelector);
  const unwanted = skip.map(readSelector);
  const matched = new Set<Selector>();
  const note = (selector: Selector, means: boolean) => {
    if (means) matched.add(selector);
    return means;
  };
  const isAbout = (selector: Selector, { id, operation }: Case) =>
    note(selector, selector.meansOperation ? selector.meansOperation(operation) : selector.meansId(id));
  // Who leaves out an operation wants it to be called in no other's case either.
  const calls = (selector: Selector, planned: Case) =>
    isAbout(selector, planned) ||
    planned.steps.some(({ operation }) => selector.meansOperation?.(operation) === true);
  return {
    isWanted(planned) {
      // All are asked, so that each is known to mean something.
      const isSkipped = unwanted.filter((selector) => calls(selector, planned)).length > 0;
      const isAsked = wanted.filter((selector) => isAbout(selector, planned)).length > 0;
      return !isSkipped && (wanted.length === 0 || isAsked);
    },
    mayBeWanted(operation, phase) {
      const skipping = unwanted.filter((selector) =>
        note(
          selector,
          selector.meansOperation
            ? operation !== undefined && selector.meansOperation(operation)
            : selector.meansId(`${operation?.id ?? ''}/${phase}/`),
        ),
      );
      if (skipping.length > 0) return false;
      return wanted.length === 0 || wanted.some((selector) => mayMean(selector, operation, phase));
    },
    unmatched: () => [...wanted, ...unwanted].filter((each) => !matched.has(each)).map(({ text }) => text),
  };
}

function mayMean(
  { meansOperation, text }: Selector,
  operation: Operation | undefined,
  phase: Phase,
): boolean {
  if (operation === undefined || text.startsWith('/')) return true;
  if (meansOperation) return meansOperation(operation);
  const [, start = '', named] = withPhase.exec(text) ?? [];
  return named === undefined || (named === phase && operation.id.endsWith(start));
}

/** Takes cases in turns from each operation and phase, so that a short run still sees all of them. */
export function narrowPlan(cases: readonly Case[], most: number | undefined): readonly Case[] {
  if (most === undefined || cases.length <= most) return cases;
  const groups = Map.groupBy(cases, ({ operation, phase }) => `${phase} ${operation.id}`);
  const kept = new Set<Case>();
  for (let turn = 0; kept.size < most; turn += 1) {
    for (const group of groups.values()) {
      const next = group[turn];
      if (next && kept.size < most) kept.add(next);
    }
  }
  return cases.filter((each) => kept.has(each));
}
