import type { ApiCollection } from '../../../openapi/infer/api-collections.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import type { BoundRecord, Environment } from '../environment/environment.ts';
import { sendRequest } from './send-request.ts';

/** What reading a record by its own path is answered; undefined where nothing reads it, or there was no answer. */
export async function readBound(
  environment: Environment,
  { idParameter, read }: ApiCollection,
  { id, path }: Pick<BoundRecord, 'id' | 'path'>,
  namespace: string | undefined,
): Promise<ReceivedResponse | undefined> {
  if (!read || idParameter === undefined) return undefined;
  const exchange = await sendRequest(environment, {
    operation: read,
    template: {
      method: read.method.toUpperCase(),
      path: { ...path, [idParameter]: id },
      query: {},
      headers: {},
      cookies: {},
      body: undefined,
      credentials: 'valid',
    },
    expect: 'any',
    role: 'setup',
    namespace,
  });
  return 'missing' in exchange ? undefined : exchange.response;
}
