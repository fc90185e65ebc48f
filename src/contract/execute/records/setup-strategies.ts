import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Precondition } from '../../model/case.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import type { BoundRecord, CaseContext, Environment, SetupStrategy } from '../environment/environment.ts';
import { cleanUp } from './clean-up.ts';
import { noteCreation } from './note-created.ts';
import { refusalOfWrite } from './refusal-of-write.ts';
import { sendAccepted } from './send-accepted.ts';
import { fillFrom, succeeded } from './send-request.ts';

/** Makes a record by a strategy; a text says why it cannot. */
export type MakeRecord = (
  caseContext: CaseContext,
  collection: ApiCollection,
  strategy: SetupStrategy | undefined,
  depth: number,
) => Promise<BoundRecord | string>;

/** What makes records good for an operation; found out once, by trying it with fresh ones. Null: nothing did. */
export function setupStrategyFor(
  caseContext: CaseContext,
  operation: Operation,
  make: MakeRecord,
): Promise<SetupStrategy | null> {
  const { strategies } = caseContext.environment;
  let strategy = strategies.get(operation);
  if (!strategy) {
    strategy = findStrategy(caseContext, operation, make);
    strategies.set(operation, strategy);
  }
  return strategy;
}

async function findStrategy(
  caseContext: CaseContext,
  operation: Operation,
  make: MakeRecord,
): Promise<SetupStrategy | null> {
  const { environment } = caseContext;
  const base = baseRequest(environment.context, operation, { unique: `recipe for ${operation.id}` });
  for (const strategy of candidates(environment, base.preconditions)) {
    const trial: CaseContext = {
      ...caseContext,
      key: `recipe for ${operation.id}`,
      bindings: new Map(),
      owned: [],
      deleted: new Set(),
    };
    const works = await tryStrategy(trial, operation, base, strategy, make);
    await cleanUp(environment, trial.owned, caseContext.namespace);
    if (works) return strategy;
  }
  return null;
}

function candidates(
  { context, controls }: Environment,
  preconditions: readonly Precondition[],
): readonly SetupStrategy[] {
  const names = [...new Set(preconditions.map(({ collection }) => collection))];
  const plain = names.slice(0, 1).map((collection) => ({ collection }));
  if (!controls) return plain;
  const known = Object.keys(context.document.extension.controls ?? {}).flatMap((key): SetupStrategy[] => {
    const [collection = '', control = ''] = key.split('.');
    return names.includes(collection) ? [{ collection, control }] : [];
  });
  return [...plain, ...known, ...names.map((collection) => ({ collection, advance: '1m' }))];
}

async function tryStrategy(
  trial: CaseContext,
  operation: Operation,
  { preconditions, template }: ReturnType<typeof baseRequest>,
  strategy: SetupStrategy,
  make: MakeRecord,
): Promise<boolean> {
  const { environment, namespace } = trial;
  for (const precondition of preconditions) {
    const collection = environment.context.collections.find(precondition.collection);
    const made = collection ? await make(trial, collection, strategy, 1) : 'unknown';
    if (typeof made === 'string') return false;
    trial.bindings.set(precondition.name, made);
  }
  // An action is tried on records of the run's alone, also to find out which of them are good for it.
  const foreign = [...trial.bindings.values()].find(({ owned }) => !owned);
  const step = { operation, expect: 'any', request: template } as const;
  if (!isSafe(template.method) && refusalOfWrite(environment, step, foreign) !== undefined) return false;
  const filled = fillFrom(template, trial.bindings);
  if ('missing' in filled) return false;
  const exchange = await sendAccepted(environment, {
    operation,
    template: filled,
    expect: 'any',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange || !succeeded(exchange)) return false;
  const role = environment.context.collections.roleOf(operation);
  const created =
    role?.role === 'create'
      ? await noteCreation(environment, role.collection, exchange, namespace)
      : undefined;
  if (created) trial.owned.push(created);
  return true;
}

/** Brings a record into the state that a strategy asks for. */
export async function applySetupStrategy(
  caseContext: CaseContext,
  boundRecord: BoundRecord,
  strategy: SetupStrategy,
): Promise<void> {
  const { controls, credentials } = caseContext.environment;
  if (!controls || caseContext.namespace === undefined) return;
  if (strategy.control !== undefined)
    await controls.control(caseContext.namespace, boundRecord.collection, boundRecord.id, strategy.control);
  if (strategy.advance !== undefined) {
    await controls.advance(caseContext.namespace, strategy.advance);
    credentials.forget(caseContext.namespace);
  }
}
