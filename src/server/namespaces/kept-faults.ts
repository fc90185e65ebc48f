import { isObject } from '../../json/is-object.ts';
import type { RecordValue } from '../../model/record.ts';
import type { Namespace } from '../../state/namespace.ts';
import { type EmitterFaultRule, EmitterFaults, emitterFaultKinds } from '../../webhooks/emitter-faults.ts';
import { type FaultRule, Faults } from '../traffic/faults.ts';

const faultsName = 'faults';
const deliveryFaultsName = 'delivery-faults';

/** The faults of a namespace's answers, kept with its state: those that a process before this one had too. Counts start anew. */
export function keptFaults(namespace: Namespace): Faults {
  const rules = rulesIn(namespace.setting(faultsName)).flatMap(readFault);
  return new Faults(namespace.seed, rules, (all) => namespace.set(faultsName, { rules: all }));
}

/** The same of its deliveries. */
export function keptDeliveryFaults(namespace: Namespace): EmitterFaults {
  const rules = rulesIn(namespace.setting(deliveryFaultsName)).flatMap(readDeliveryFault);
  return new EmitterFaults(namespace.seed, rules, (all) => namespace.set(deliveryFaultsName, { rules: all }));
}

/** What somebody has made of the stored rules by hand and is none is left out. */
function rulesIn(setting: RecordValue | undefined): readonly RecordValue[] {
  return Array.isArray(setting?.rules) ? setting.rules.filter(isObject) : [];
}

function readFault(rule: RecordValue): FaultRule[] {
  const { drop, id } = rule;
  if (typeof id !== 'string') return [];
  const about = textsOf(rule, ['api', 'operation', 'method']);
  const effects = numbersOf(rule, ['rate', 'times', 'latency', 'jitter', 'status']);
  return [{ id, ...about, ...effects, ...(drop === 'before' || drop === 'after' ? { drop } : {}) }];
}

function readDeliveryFault(rule: RecordValue): EmitterFaultRule[] {
  const { id } = rule;
  const kind = emitterFaultKinds.find((known) => known === rule.kind);
  if (typeof id !== 'string' || kind === undefined) return [];
  const about = textsOf(rule, ['api', 'event', 'endpoint']);
  return [{ id, kind, ...about, ...numbersOf(rule, ['rate', 'times', 'milliseconds']) }];
}

function textsOf<Name extends string>(
  rule: RecordValue,
  names: readonly Name[],
): { [name in Name]?: string } {
  const found: { [name in Name]?: string } = {};
  for (const name of names) {
    const value = rule[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

function numbersOf<Name extends string>(
  rule: RecordValue,
  names: readonly Name[],
): { [name in Name]?: number } {
  const found: { [name in Name]?: number } = {};
  for (const name of names) {
    const value = rule[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}
