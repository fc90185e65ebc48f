import type { Operation } from '../../../openapi/document/document.ts';
import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Precondition } from '../../model/case.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { BoundRecord, CaseContext, Environment, SetupStrategy } from '../environment/environment.ts';
import { cleanUp } from './clean-up.ts';
import { noteCreation } from './note-created.ts';
import { fillFrom, sendRequest, succeeded } from './send-request.ts';

/** Makes a record by a recipe; a text says why it cannot. */
export type MakeRecord = (
  scene: CaseContext,
  collection: ApiCollection,
  recipe: SetupStrategy | undefined,
  depth: number,
) => Promise<BoundRecord | string>;

/** What makes records good for an operation; found out once, by trying it with fresh ones. Null: nothing did. */
export function setupStrategyFor(
  scene: CaseContext,
  operation: Operation,
  make: MakeRecord,
): Promise<SetupStrategy | null> {
  const { recipes } = scene.environment;
  let recipe = recipes.get(operation);
  if (!recipe) {
    recipe = findRecipe(scene, operation, make);
    recipes.set(operation, recipe);
  }
  return recipe;
}

async function findRecipe(
  scene: CaseContext,
  operation: Operation,
  make: MakeRecord,
): Promise<SetupStrategy | null> {
  const { environment } = scene;
  const base = baseRequest(environment.context, operation, { unique: `recipe for ${operation.id}` });
  for (const recipe of candidates(environment, base.needs)) {
    const trial: CaseContext = {
      ...scene,
      key: `recipe for ${operation.id}`,
      bindings: new Map(),
      owned: [],
    };
    const works = await tryRecipe(trial, operation, base, recipe, make);
    await cleanUp(environment, trial.owned, scene.namespace);
    if (works) return recipe;
  }
  return null;
}

function candidates(
  { context, controls }: Environment,
  needs: readonly Precondition[],
): readonly SetupStrategy[] {
  const names = [...new Set(needs.map(({ collection }) => collection))];
  const plain = names.slice(0, 1).map((collection) => ({ collection }));
  if (!controls) return plain;
  const known = Object.keys(context.document.extension.controls ?? {}).flatMap((key): SetupStrategy[] => {
    const [collection = '', control = ''] = key.split('.');
    return names.includes(collection) ? [{ collection, control }] : [];
  });
  return [...plain, ...known, ...names.map((collection) => ({ collection, advance: '1m' }))];
}

async function tryRecipe(
  trial: CaseContext,
  operation: Operation,
  { needs, template }: ReturnType<typeof baseRequest>,
  recipe: SetupStrategy,
  make: MakeRecord,
): Promise<boolean> {
  const { environment, namespace } = trial;
  for (const need of needs) {
    const collection = environment.context.collections.find(need.collection);
    const made = collection ? await make(trial, collection, recipe, 1) : 'unknown';
    if (typeof made === 'string') return false;
    trial.bindings.set(need.name, made);
  }
  const filled = fillFrom(template, trial.bindings);
  if ('missing' in filled) return false;
  const exchange = await sendRequest(environment, {
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

/** Brings a record into the state that a recipe asks for. */
export async function applySetupStrategy(
  scene: CaseContext,
  bound: BoundRecord,
  recipe: SetupStrategy,
): Promise<void> {
  const { controls, credentials } = scene.environment;
  if (!controls || scene.namespace === undefined) return;
  if (recipe.control !== undefined)
    await controls.control(scene.namespace, bound.collection, bound.id, recipe.control);
  if (recipe.advance !== undefined) {
    await controls.advance(scene.namespace, recipe.advance);
    credentials.forget(scene.namespace);
  }
}
