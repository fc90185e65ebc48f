import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Precondition } from '../../model/case.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import type { BoundRecord, CaseContext, Environment, SetupStrategy } from '../environment/environment.ts';
import { findItems } from './find-record.ts';
import { insertRecord } from './insert-record.ts';
import { noteCreation } from './note-created.ts';
import { fillFrom, sendRequest, succeeded } from './send-request.ts';
import { applySetupStrategy, setupStrategyFor } from './setup-strategies.ts';

const deepest = 5;

/** Makes the record that a case needs, or finds one to read; a text says why there is none. */
export async function establishPrecondition(
  scene: CaseContext,
  need: Precondition,
  depth = 0,
): Promise<BoundRecord | string> {
  const { context } = scene.environment;
  const collection = context.collections.find(need.collection);
  if (!collection || depth > deepest) return `there is no way to get one of ${need.collection}`;
  const operation = context.document.operationsById.get(need.usableFor ?? '');
  const recipe = operation ? await setupStrategyFor(scene, operation, makeRecord) : undefined;
  if (recipe === null && !scene.environment.controls)
    return `no state of ${need.collection} was found that ${need.usableFor} accepts`;
  return makeRecord(scene, collection, recipe ?? undefined, depth);
}

async function makeRecord(
  scene: CaseContext,
  collection: ApiCollection,
  recipe: SetupStrategy | undefined,
  depth: number,
): Promise<BoundRecord | string> {
  const bound = mayCreate(scene.environment, collection)
    ? await create(scene, collection, depth)
    : await borrow(scene, collection, depth);
  if (typeof bound === 'string' || recipe?.collection !== collection.name) return bound;
  await applySetupStrategy(scene, bound, recipe);
  return bound;
}

function mayCreate(environment: Environment, collection: ApiCollection): boolean {
  const { allowLeftovers, controls, write } = environment;
  return (
    collection.create !== undefined &&
    write &&
    (collection.delete !== undefined || controls !== undefined || allowLeftovers)
  );
}

async function create(
  scene: CaseContext,
  collection: ApiCollection,
  depth: number,
): Promise<BoundRecord | string> {
  const { environment, key, namespace } = scene;
  const operation = collection.create;
  if (!operation) return `nothing creates one of ${collection.name}`;
  const base = baseRequest(environment.context, operation, {
    unique: `${key} needs ${collection.name} ${depth}`,
  });
  const bindings = new Map<string, BoundRecord>();
  for (const need of base.needs) {
    const made = await establishPrecondition(scene, need, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(need.name, made);
  }
  const template = fillFrom(base.template, bindings);
  if ('missing' in template) return template.missing;
  const exchange = await sendRequest(environment, {
    operation,
    template,
    expect: 'accepted',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange) return exchange.missing;
  const bound = await noteCreation(environment, collection, exchange, namespace, scene.owned);
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
async function borrow(
  scene: CaseContext,
  collection: ApiCollection,
  depth: number,
): Promise<BoundRecord | string> {
  const { environment, namespace } = scene;
  const { list } = collection;
  if (!list) return `none of ${collection.name} can be created or listed`;
  const base = baseRequest(environment.context, list);
  const bindings = new Map<string, BoundRecord>();
  for (const need of base.needs) {
    const made = await establishPrecondition(scene, need, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(need.name, made);
  }
  const template = fillFrom(base.template, bindings);
  if ('missing' in template) return template.missing;
  const exchange = await sendRequest(environment, {
    operation: list,
    template,
    expect: 'any',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange) return exchange.missing;
  const [record] = findItems(exchange.response?.json?.value, collection.id) ?? [];
  if (!record)
    return (
      (await insertRecord(scene, collection, list, template.path)) ?? `there is none of ${collection.name}`
    );
  return {
    collection: collection.name,
    id: String(record[collection.id]),
    record,
    path: template.path,
    owned: false,
  };
}
