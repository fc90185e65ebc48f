import type { BoundRecord, Environment } from '../environment/environment.ts';
import { howToFind } from './how-to-find.ts';
import { sendRequest } from './send-request.ts';
import { isGone, whyStillThere } from './still-there.ts';

/**
 * Deletes what a case made, last first, and looks whether it is gone. What stays is listed among the leftovers.
 *
 * @param deleted what the case itself has deleted: its id may be another record's by now, so that it is only looked for
 */
export async function cleanUp(
  environment: Environment,
  owned: readonly BoundRecord[],
  namespace: string | undefined,
  deleted: ReadonlySet<BoundRecord> = new Set(),
): Promise<void> {
  const { transport, unfinished } = environment;
  for (const boundRecord of owned.toReversed()) {
    const reason =
      deleted.has(boundRecord) && (await isGone(environment, boundRecord, namespace))
        ? undefined
        : ((await remove(environment, boundRecord, namespace)) ??
          (await whyStillThere(environment, boundRecord, namespace)));
    if (reason === undefined)
      environment.ledger.add({ kind: 'deleted', collection: boundRecord.collection, id: boundRecord.id });
    else if (transport.lost.count > 0 && !unfinished.includes(boundRecord)) unfinished.push(boundRecord);
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
  return `no operation of the document deletes it${howToFind(collection)}`;
}
