import { createDerivation } from '../../state/derivation.ts';

/** When to disturb which requests, and how. */
export interface FaultRule {
  readonly id: string;
  readonly api?: string | undefined;
  /** `operationId`. */
  readonly operation?: string | undefined;
  readonly method?: string | undefined;
  /** Share of the matching requests, 0 to 1; default all. */
  readonly rate?: number | undefined;
  /** Most requests to disturb; default any number. */
  readonly times?: number | undefined;
  /** Milliseconds to wait, and at most how many more. */
  readonly latency?: number | undefined;
  readonly jitter?: number | undefined;
  /** Answer with the document's response for this status. */
  readonly status?: number | undefined;
  /** End the connection before the answer, or in the middle of it. */
  readonly drop?: 'before' | 'after' | undefined;
}

/** What happens to one request. */
export interface Fault {
  readonly rule: string;
  /** Milliseconds. */
  readonly latency: number;
  readonly status: number | undefined;
  readonly drop: 'before' | 'after' | undefined;
}

interface Target {
  readonly api: string;
  readonly operationId: string;
  readonly method: string;
}

interface Counted {
  readonly rule: FaultRule;
  matched: number;
  applied: number;
}

/** The faults of a namespace: which request is disturbed follows from seed, rule and the count of matching requests. */
export class Faults {
  readonly #seed: number;
  readonly #onChange: (rules: readonly FaultRule[]) => void;
  #rules: Counted[];
  /** Ids of rules that hold for this process only. */
  readonly #passing = new Set<string>();
  #nextId = 1;

  /** `onChange` is told of the rules whenever there are others. */
  constructor(
    seed: number,
    rules: readonly FaultRule[] = [],
    onChange: (rules: readonly FaultRule[]) => void = () => undefined,
  ) {
    this.#seed = seed;
    this.#rules = rules.map((rule) => ({ rule, matched: 0, applied: 0 }));
    this.#onChange = onChange;
  }

  /** Adds a rule, or replaces the one with its id. */
  add(rule: Omit<FaultRule, 'id'> & { readonly id?: string }): FaultRule {
    const added: FaultRule = { ...rule, id: rule.id ?? this.#freeId() };
    const counted = { rule: added, matched: 0, applied: 0 };
    const index = this.#rules.findIndex(({ rule: { id } }) => id === added.id);
    if (index < 0) this.#rules.push(counted);
    else this.#rules[index] = counted;
    this.#passing.delete(added.id);
    this.#tell();
    return added;
  }

  /** Adds a rule that holds for this process only: nobody is told of it, so that it is not kept, and not there twice after a restart. */
  addPassing(rule: Omit<FaultRule, 'id'>): void {
    const id = this.#freeId();
    this.#passing.add(id);
    this.#rules.push({ rule: { ...rule, id }, matched: 0, applied: 0 });
  }

  #tell(): void {
    this.#onChange(this.list().filter(({ id }) => !this.#passing.has(id)));
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  list(): readonly FaultRule[] {
    return this.#rules.map(({ rule }) => rule);
  }

  get(id: string): FaultRule | undefined {
    return this.#rules.find(({ rule }) => rule.id === id)?.rule;
  }

  remove(id: string): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter(({ rule }) => rule.id !== id);
    const isRemoved = this.#rules.length < before;
    if (isRemoved) this.#tell();
    return isRemoved;
  }

  clear(): void {
    this.#rules = [];
    this.#onChange([]);
  }

  /** Counts anew, so that the same requests meet the same faults again. */
  reset(): void {
    this.#rules = this.#rules.map(({ rule }) => ({ rule, matched: 0, applied: 0 }));
  }

  /** What strikes a request: the latencies of all rules that do, and the first status and drop among them. */
  choose(target: Target): Fault | undefined {
    if (this.#rules.length === 0) return undefined;
    const striking = this.#rules
      .filter((counted) => isMeant(counted.rule, target))
      .flatMap((counted) => this.#strike(counted));
    if (striking.length === 0) return undefined;
    return {
      rule: striking.map(({ rule }) => rule).join(','),
      latency: striking.reduce((sum, { latency }) => sum + latency, 0),
      status: striking.find(({ status }) => status !== undefined)?.status,
      drop: striking.find(({ drop }) => drop !== undefined)?.drop,
    };
  }

  #freeId(): string {
    while (this.get(String(this.#nextId))) this.#nextId += 1;
    return String(this.#nextId++);
  }

  #strike(counted: Counted): Fault[] {
    const { rule } = counted;
    counted.matched += 1;
    if (rule.times !== undefined && counted.applied >= rule.times) return [];
    const derive = createDerivation(this.#seed, '_faults', rule.id, counted.matched);
    if (rule.rate !== undefined && derive.fraction('rate') >= rule.rate) return [];
    counted.applied += 1;
    const jitter = rule.jitter === undefined ? 0 : Math.round(derive.fraction('jitter') * rule.jitter);
    return [{ rule: rule.id, latency: (rule.latency ?? 0) + jitter, status: rule.status, drop: rule.drop }];
  }
}

function isMeant({ api, method, operation }: FaultRule, target: Target): boolean {
  return (
    (api === undefined || api === target.api) &&
    (operation === undefined || operation === target.operationId) &&
    (method === undefined || method.toUpperCase() === target.method)
  );
}
