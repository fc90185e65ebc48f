import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { Precondition } from '../../model/case.ts';
import { baseRequest } from '../../plan/requests/base-request.ts';
import { isSafe } from '../../plan/requests/is-safe.ts';
import type { BoundRecord, CaseContext, Environment, SetupStrategy } from '../environment/environment.ts';
import { findItems } from './find-record.ts';
import { insertRecord } from './insert-record.ts';
import { noteCreation } from './note-created.ts';
import { notOwned } from './refusal-of-write.ts';
import { sendAccepted } from './send-accepted.ts';
import { fillFrom, sendRequest, succeeded } from './send-request.ts';
import { applySetupStrategy, setupStrategyFor } from './setup-strategies.ts';

const deepest = 5;

/** Makes the record that a case needs, or finds one to read; a text says why there is none. */
export async function establishPrecondition(
  caseContext: CaseContext,
  precondition: Precondition,
  depth = 0,
): Promise<BoundRecord | string> {
  const { context } = caseContext.environment;
  const collection = context.collections.find(precondition.collection);
  if (!collection || depth > deepest) return `there is no way to get one of ${precondition.collection}`;
  const operation = context.document.operationsById.get(precondition.usableFor ?? '');
  const strategy = operation ? await setupStrategyFor(caseContext, operation, makeRecord) : undefined;
  const { controls } = caseContext.environment;
  const isForeign = operation && !isSafe(operation.method) && !mayCreate(caseContext.environment, collection);
  if (strategy === null && !controls && isForeign) return notOwned({ collection: collection.name });
  if (strategy === null && !controls)
    return `no state of ${precondition.collection} was found that ${precondition.usableFor} accepts`;
  return makeRecord(caseContext, collection, strategy ?? undefined, depth);
}

async function makeRecord(
  caseContext: CaseContext,
  collection: ApiCollection,
  strategy: SetupStrategy | undefined,
  depth: number,
): Promise<BoundRecord | string> {
  const boundRecord = mayCreate(caseContext.environment, collection)
    ? await create(caseContext, collection, depth)
    : await borrow(caseContext, collection, depth);
  if (typeof boundRecord === 'string' || strategy?.collection !== collection.name) return boundRecord;
  await applySetupStrategy(caseContext, boundRecord, strategy);
  return boundRecord;
}

function mayCreate(environment: Environment, collection: ApiCollection): boolean {
  const { manners, write } = environment;
  const { create } = collection;
  return (
    create !== undefined &&
    write &&
    manners.refusal(create) === undefined &&
    manners.stayRefusal(create) === undefined
  );
}

async function create(
  caseContext: CaseContext,
  collection: ApiCollection,
  depth: number,
): Promise<BoundRecord | string> {
  const { environment, key, namespace } = caseContext;
  const operation = collection.create;
  if (!operation) return `nothing creates one of ${collection.name}`;
  const base = baseRequest(environment.context, operation, {
    unique: `${key} needs ${collection.name} ${depth}`,
  });
  const bindings = new Map<string, BoundRecord>();
  for (const precondition of base.preconditions) {
    const made = await establishPrecondition(caseContext, precondition, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(precondition.name, made);
  }
  const template = fillFrom(base.template, bindings);
  if ('missing' in template) return template.missing;
  const exchange = await sendAccepted(environment, {
    operation,
    template,
    expect: 'accepted',
    role: 'setup',
    namespace,
  });
  if ('missing' in exchange) return exchange.missing;
  const boundRecord = await noteCreation(environment, collection, exchange, namespace, caseContext.owned);
  if (boundRecord) {
    caseContext.owned.push(boundRecord);
    return boundRecord;
  }
  const status = exchange.response?.status;
  if (succeeded(exchange))
    return `the answer of ${operation.id} does not say which of ${collection.name} it created`;
  return `${operation.id} was answered ${status ?? exchange.failure?.message}, so that there is none of ${collection.name}`;
}

/** The first record of the list: to be read, and left alone otherwise. */
async function borrow(
  caseContext: CaseContext,
  collection: ApiCollection,
  depth: number,
): Promise<BoundRecord | string> {
  const { environment, namespace } = caseContext;
  const { list } = collection;
  if (!list) return `none of ${collection.name} can be created or listed`;
  const base = baseRequest(environment.context, list);
  const bindings = new Map<string, BoundRecord>();
  for (const precondition of base.preconditions) {
    const made = await establishPrecondition(caseContext, precondition, depth + 1);
    if (typeof made === 'string') return made;
    bindings.set(precondition.name, made);
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
      (await insertRecord(caseContext, collection, list, template.path)) ??
      `there is none of ${collection.name}`
    );
  return {
    collection: collection.name,
    id: String(record[collection.id]),
    record,
    path: template.path,
    owned: false,
  };
}
