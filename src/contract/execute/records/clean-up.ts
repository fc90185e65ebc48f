import type { BoundRecord, Environment } from '../environment/environment.ts';
import { sendRequest } from './send-request.ts';

/** Deletes what a case made, last first. What stays is listed among the leftovers. */
export async function cleanUp(
  environment: Environment,
  owned: readonly BoundRecord[],
  namespace: string | undefined,
): Promise<void> {
  for (const boundRecord of owned.toReversed()) {
    const reason = await remove(environment, boundRecord, namespace);
    if (reason === undefined)
      environment.ledger.add({ kind: 'deleted', collection: boundRecord.collection, id: boundRecord.id });
    else environment.leftovers.push({ collection: boundRecord.collection, id: boundRecord.id, reason });
  }
}

/** Why a record could not be deleted; undefined when it is gone. */
async function remove(
  environment: Environment,
  { collection: name, id, path }: BoundRecord,
  namespace: string | undefined,
): Promise<string | undefined> {
  const { context, controls } = environment;
  const collection = context.collections.find(name);
  const operation = collection?.delete;
  if (operation && collection?.idParameter !== undefined) {
    const exchange = await sendRequest(environment, {
      operation,
      template: {
        method: operation.method.toUpperCase(),
        path: { ...path, [collection.idParameter]: id },
        query: {},
        headers: {},
        cookies: {},
        body: undefined,
        credentials: 'valid',
      },
      expect: 'any',
      role: 'cleanup',
      namespace,
    });
    if ('missing' in exchange) return exchange.missing;
    const status = exchange.response?.status;
    if (status !== undefined && (status < 300 || status === 404 || status === 410)) return undefined;
    if (!controls)
      return status === undefined ? exchange.failure?.message : `deleting it was answered ${status}`;
  }
  if (controls && namespace !== undefined && (await controls.remove(namespace, name, id))) return undefined;
  return 'no operation of the document deletes it';
}
