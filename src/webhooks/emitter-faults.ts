import { hash } from 'node:crypto';
import type { DeliveryEntry } from '../model/delivery.ts';

/** What a fault can do to an attempt. */
export const emitterFaultKinds = [
  'duplicate',
  'delay',
  'reorder',
  'drop',
  'corrupt-signature',
  'stale-timestamp',
  'truncate-body',
] as const;

export type EmitterFaultKind = (typeof emitterFaultKinds)[number];

/** When to disturb which attempts, and how. */
export interface EmitterFaultRule {
  readonly id: string;
  readonly kind: EmitterFaultKind;
  readonly api?: string | undefined;
  readonly event?: string | undefined;
  readonly endpoint?: string | undefined;
  /** Share of the attempts, 0 to 1; default all. */
  readonly rate?: number | undefined;
  /** Most attempts to disturb; default any number. */
  readonly times?: number | undefined;
  /** How long to hold back (`delay`, `reorder`) or how old to stamp (`stale-timestamp`), in milliseconds. */
  readonly milliseconds?: number | undefined;
}

interface Counted {
  readonly rule: EmitterFaultRule;
  applied: number;
}

/** The faults of a namespace's emitter: which attempt is disturbed follows from seed, rule, delivery and attempt alone. */
export class EmitterFaults {
  readonly #seed: number;
  readonly #onChange: (rules: readonly EmitterFaultRule[]) => void;
  #rules: Counted[];
  #nextId = 1;

  /** `onChange` is told of the rules whenever there are others. */
  constructor(
    seed: number,
    rules: readonly EmitterFaultRule[] = [],
    onChange: (rules: readonly EmitterFaultRule[]) => void = () => undefined,
  ) {
    this.#seed = seed;
    this.#rules = rules.map((rule) => ({ rule, applied: 0 }));
    this.#onChange = onChange;
  }

  /** Adds a rule, or replaces the one with its id. */
  add(rule: Omit<EmitterFaultRule, 'id'> & { readonly id?: string }): EmitterFaultRule {
    const added: EmitterFaultRule = { ...rule, id: rule.id ?? this.#freeId() };
    const index = this.#rules.findIndex(({ rule: { id } }) => id === added.id);
    if (index < 0) this.#rules.push({ rule: added, applied: 0 });
    else this.#rules[index] = { rule: added, applied: 0 };
    this.#onChange(this.list());
    return added;
  }

  get(id: string): EmitterFaultRule | undefined {
    return this.list().find((rule) => rule.id === id);
  }

  list(): readonly EmitterFaultRule[] {
    return this.#rules.map(({ rule }) => rule);
  }

  remove(id: string): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter(({ rule }) => rule.id !== id);
    const isRemoved = this.#rules.length < before;
    if (isRemoved) this.#onChange(this.list());
    return isRemoved;
  }

  clear(): void {
    this.#rules = [];
    this.#onChange([]);
  }

  /** Counts anew; the rules stay. */
  reset(): void {
    for (const counted of this.#rules) counted.applied = 0;
  }

  /** The rules that strike an attempt, and counts them. */
  strike(delivery: DeliveryEntry, attempt: number): readonly EmitterFaultRule[] {
    if (this.#rules.length === 0) return none;
    return this.#rules
      .filter((counted) => {
        const { rule } = counted;
        if (!isAbout(rule, delivery) || counted.applied >= (rule.times ?? Number.POSITIVE_INFINITY))
          return false;
        if (this.#fraction(rule, delivery, attempt) >= (rule.rate ?? 1)) return false;
        counted.applied += 1;
        return true;
      })
      .map(({ rule }) => rule);
  }

  #fraction({ id }: EmitterFaultRule, delivery: DeliveryEntry, attempt: number): number {
    const key = JSON.stringify(['emitter-fault', this.#seed, id, delivery.id, attempt]);
    return hash('sha256', key, 'buffer').readUInt32BE(0) / 2 ** 32;
  }

  #freeId(): string {
    while (this.get(String(this.#nextId))) this.#nextId += 1;
    return String(this.#nextId);
  }
}

const none: readonly EmitterFaultRule[] = [];

function isAbout(rule: EmitterFaultRule, { api, endpoint, event }: DeliveryEntry): boolean {
  return (
    (rule.api ?? api) === api && (rule.event ?? event) === event && (rule.endpoint ?? endpoint) === endpoint
  );
}
