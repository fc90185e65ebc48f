import { isObject } from '../../../json/is-object.ts';
import type { Operation } from '../../../openapi/document/document.ts';
import { isReference } from '../../plan/requests/request-templates.ts';
import type { Environment, KeptSingleton } from '../environment/environment.ts';
import type { Send, Sending } from './send-request.ts';

/**
 * Reads a thing of which there is one, such as settings, before the first write to it, so that it can be put back. Records have
 * an item of their own; those of the run are deleted, and others are not written to.
 */
export async function keepSingleton(environment: Environment, sending: Sending, send: Send): Promise<void> {
  const { context, controls, manners, singletons } = environment;
  const { operation, template } = sending;
  const { path } = operation;
  if (controls || manners.isOwnServer || context.collections.recordOf(operation)) return;
  if (!['PUT', 'PATCH', 'POST', 'DELETE'].includes(template.method)) return;
  const at = (method: string) =>
    context.document.operations.find((each) => each.path === path && each.method === method);
  const read = at('get');
  const write = at('put') ?? at('patch');
  if (!read || !write || Object.values(template.path).some(isReference)) return;
  const key = JSON.stringify([path, template.path]);
  const kept = singletons.get(key) ?? readSingleton(environment, { read, write }, sending, send);
  singletons.set(key, kept);
  await kept;
}

async function readSingleton(
  environment: Environment,
  { read, write }: { readonly read: Operation; readonly write: Operation },
  { namespace, template }: Sending,
  send: Send,
): Promise<KeptSingleton | undefined> {
  const exchange = await send(environment, {
    operation: read,
    template: {
      method: 'GET',
      path: template.path,
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
  const response = 'missing' in exchange ? undefined : exchange.response;
  const value = response && response.status < 300 ? response.json?.value : undefined;
  return isObject(value) ? { read, write, path: template.path, value } : undefined;
}
