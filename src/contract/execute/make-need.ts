import type { Operation } from '../../openapi/document.ts';
import { isObject, objectOrEmpty } from '../../openapi/is-object.ts';
import { sample } from '../../openapi/sample.ts';
import { seededSource } from '../../openapi/seeded-source.ts';
import { baseRequest } from '../plan/base-request.ts';
import type { Collection } from '../plan/collections.ts';
import type { Need } from '../types.ts';
import { cleanUp } from './clean-up.ts';
import type { Bound, Environment, Recipe } from './environment.ts';
import { findItems } from './find-record.ts';
import { createdBy } from './own.ts';
import { fillFrom, send, succeeded } from './send.ts';

/** The course of one case: where it takes place, and what it has made so far. */
export interface Scene {
  readonly environment: Environment;
  readonly namespace: string | undefined;
  /** Makes addresses in generated records this case's own. */
  readonly key: string;
  readonly bindings: Map<string, Bound>;
  /** In the order they were made. */
  readonly owned: Bound[];
}

const deepest = 5;

/** Makes the record that a case needs, or finds one to read; a text says why there is none. */
export async function makeNeed(scene: Scene, need: Need, depth = 0): Promise<Bound | string> {
  const { context } = scene.environment;
  const collection = context.collections.find(need.collection);
  if (!collection || depth > deepest) return `there is no way to get one of ${need.collection}`;
  const operation = context.document.operationsById.get(need.usableFor ?? '');
  const recipe = operation ? await recipeFor(scene, operation) : undefined;
  if (recipe === null && !scene.environment.controls)
    return `no state of ${need.collection} was found that ${need.usableFor} accepts`;
  return makeRecord(scene, collection, recipe ?? undefined, depth);
}

async function makeRecord(
  scene: Scene,
  collection: Collection,
  recipe: Recipe | undefined,
  depth: number,
): Promise<Bound | string> {
  const bound = mayCreate(scene.environment, collection)
    ? await create(scene, collection, depth)
    : await borrow(scene, collection, depth);
  if (typeof bound === 'string' || recipe?.collection !== collection.name) return bound;
  await apply(scene, bound, recipe);
  return bound;
}

function mayCreate(environment: Environment, collection: Collection): boolean {
  const { allowLeftovers, controls, write } = environment;
  return (
    collection.create !== undefined &&
    write &&
    (collection.delete !== undefined || controls !== undefined || allowLeftovers)
  );
}

async function create(scene: Scene, collection: Collection, depth: number): Promise<Bound | string> {
  const { environment, key, namespace } = scene;
  const operation = collection.create;
  if (!operation) return `nothing creates one of ${collection.name}`;
  const base = baseRequest(environment.context, operation, {
    unique: `${key} needs ${collection.name} ${depth}`,
  });
  const bindings = new Map<string, Bound>();
  for (const need of base.needs) {
    const made = await makeNeed(scene, need, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(need.name, made);
  }
  const template = fillFrom(base.template, bindings);
  if ('missing' in template) return template.missing;
  const exchange = await send(environment, {
    operation,
    template,
    expect: 'accepted',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange) return exchange.missing;
  const bound = await createdBy(environment, collection, exchange, namespace);
  if (bound) {
    scene.owned.push(bound);
    return bound;
  }
  const status = exchange.response?.status;
  if (succeeded(exchange))
    return `the answer of ${operation.id} does not say which of ${collection.name} it created`;
  return `${operation.id} was answered ${status ?? exchange.failure?.message}, so that there is none of ${collection.name}`;
}

/** The first record of the list: to be read, and left alone otherwise. */
async function borrow(scene: Scene, collection: Collection, depth: number): Promise<Bound | string> {
  const { environment, namespace } = scene;
  const { list } = collection;
  if (!list) return `none of ${collection.name} can be created or listed`;
  const base = baseRequest(environment.context, list);
  const bindings = new Map<string, Bound>();
  for (const need of base.needs) {
    const made = await makeNeed(scene, need, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(need.name, made);
  }
  const template = fillFrom(base.template, bindings);
  if ('missing' in template) return template.missing;
  const exchange = await send(environment, {
    operation: list,
    template,
    expect: 'any',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange) return exchange.missing;
  const [record] = findItems(exchange.response?.json?.value, collection.id) ?? [];
  if (!record)
    return (await insert(scene, collection, list, template.path)) ?? `there is none of ${collection.name}`;
  return {
    collection: collection.name,
    id: String(record[collection.id]),
    record,
    path: template.path,
    owned: false,
  };
}

/** Puts a record into a mock where the API has no way to create one: a sample of its schema. */
async function insert(
  { environment, key, namespace, owned }: Scene,
  { id, name }: Collection,
  list: Operation,
  path: Readonly<Record<string, unknown>>,
): Promise<Bound | undefined> {
  const { context, controls } = environment;
  const { document, validators } = context;
  const schema = context.model.resources.get(name)?.schema;
  if (!controls || namespace === undefined || schema === undefined) return undefined;
  const source = seededSource(context.seed, key, name);
  const parents = parentFields(environment, name, list, path);
  if (!parents) return undefined;
  const made = sample(document, schema, source, name, { full: true, validators });
  const record = await controls.insert(namespace, name, { ...objectOrEmpty(made), ...parents });
  if (!isObject(record)) return undefined;
  const bound = { collection: name, id: String(record[id]), record, path, owned: true };
  owned.push(bound);
  return bound;
}

/** The fields by which a record below others names them, as their cascades say; undefined where they do not. */
function parentFields(
  { context }: Environment,
  name: string,
  list: Operation,
  path: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const fields = Object.entries(path).map(([parameter, value]) => {
    const parent = context.collections.sourceOfParameter(list, parameter)?.collection.name ?? '';
    const field = context.model.resources.get(parent)?.cascade?.[name];
    return field === undefined ? undefined : ([field, value] as const);
  });
  const known = fields.filter((field) => field !== undefined);
  return known.length === fields.length ? Object.fromEntries(known) : undefined;
}

async function apply(scene: Scene, bound: Bound, recipe: Recipe): Promise<void> {
  const { controls, credentials } = scene.environment;
  if (!controls || scene.namespace === undefined) return;
  if (recipe.control !== undefined)
    await controls.control(scene.namespace, bound.collection, bound.id, recipe.control);
  if (recipe.advance !== undefined) {
    await controls.advance(scene.namespace, recipe.advance);
    credentials.forget(scene.namespace);
  }
}

/** What makes records good for an operation; found out once, by trying it with fresh ones. Null: nothing did. */
function recipeFor(scene: Scene, operation: Operation): Promise<Recipe | null> {
  const { recipes } = scene.environment;
  let recipe = recipes.get(operation);
  if (!recipe) {
    recipe = findRecipe(scene, operation);
    recipes.set(operation, recipe);
  }
  return recipe;
}

async function findRecipe(scene: Scene, operation: Operation): Promise<Recipe | null> {
  const { environment } = scene;
  const base = baseRequest(environment.context, operation, { unique: `recipe for ${operation.id}` });
  for (const recipe of candidates(environment, base.needs)) {
    const trial: Scene = { ...scene, key: `recipe for ${operation.id}`, bindings: new Map(), owned: [] };
    const works = await tryRecipe(trial, operation, base, recipe);
    await cleanUp(environment, trial.owned, scene.namespace);
    if (works) return recipe;
  }
  return null;
}

function candidates({ context, controls }: Environment, needs: readonly Need[]): readonly Recipe[] {
  const names = [...new Set(needs.map(({ collection }) => collection))];
  const plain = names.slice(0, 1).map((collection) => ({ collection }));
  if (!controls) return plain;
  const known = Object.keys(context.document.extension.controls ?? {}).flatMap((key): Recipe[] => {
    const [collection = '', control = ''] = key.split('.');
    return names.includes(collection) ? [{ collection, control }] : [];
  });
  return [...plain, ...known, ...names.map((collection) => ({ collection, advance: '1m' }))];
}

async function tryRecipe(
  trial: Scene,
  operation: Operation,
  { needs, template }: ReturnType<typeof baseRequest>,
  recipe: Recipe,
): Promise<boolean> {
  const { environment, namespace } = trial;
  for (const need of needs) {
    const collection = environment.context.collections.find(need.collection);
    const made = collection ? await makeRecord(trial, collection, recipe, 1) : 'unknown';
    if (typeof made === 'string') return false;
    trial.bindings.set(need.name, made);
  }
  const filled = fillFrom(template, trial.bindings);
  if ('missing' in filled) return false;
  const exchange = await send(environment, {
    operation,
    template: filled,
    expect: 'any',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange || !succeeded(exchange)) return false;
  const role = environment.context.collections.roleOf(operation);
  const created =
    role?.role === 'create' ? await createdBy(environment, role.collection, exchange, namespace) : undefined;
  if (created) trial.owned.push(created);
  return true;
}
