import { isObject } from '../../../json/is-object.ts';
import { isLoopback, type Transport } from './transport.ts';

/** What only a mock has: things can be made to happen there that a real server waits for. */
export interface MockControls {
  /** Which credentials it lets in, where not only the exact ones. */
  readonly auth?: 'lenient' | 'off' | undefined;
  /** Lets happen to a record what happens outside the API; false where it does not. */
  control(namespace: string, collection: string, id: string, name: string): Promise<boolean>;
  /** Moves the clock on by a duration such as `1m`. */
  advance(namespace: string, duration: string): Promise<boolean>;
  /** Adds a record to a collection that the API only shows; the record as it is then, or undefined where it does not take it. */
  insert(namespace: string, collection: string, record: unknown): Promise<unknown>;
  /** Removes a record for which the API has no operation that deletes. */
  remove(namespace: string, collection: string, id: string): Promise<boolean>;
  /** Reads or writes a record past the API, as it is answered; its events are fired. */
  record(
    namespace: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    place: { readonly collection: string; readonly id?: string },
    body?: unknown,
  ): Promise<{ readonly status: number; readonly value: unknown }>;
  /** Fires an event by hand; false where it could not be. */
  fire(namespace: string, event: string): Promise<boolean>;
  /** Resolves when nothing is being delivered, and nothing is due. */
  settle(namespace: string): Promise<void>;
  /** Forgets a namespace. */
  drop(namespace: string): Promise<void>;
}

/** The controls of a server that is a mock of this API on this machine; undefined for any other server. */
export async function findMockControls(transport: Transport, api: string): Promise<MockControls | undefined> {
  if (!isLoopback(transport.url)) return undefined;
  const { origin } = new URL(transport.url);
  const call = (method: string, path: string, namespace?: string, body?: unknown) =>
    transport.send({
      method,
      url: `${origin}/_sparring${path}`,
      headers: {
        accept: 'application/json',
        ...(namespace !== undefined && { 'sparring-namespace': namespace }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const { response } = await call('GET', '/apis');
  const served = response?.status === 200 && Array.isArray(response.json?.value) ? response.json.value : [];
  const found: unknown = served.find((each: unknown) => isObject(each) && each.name === api);
  if (!isObject(found)) return undefined;
  const isDone = (answer: Awaited<ReturnType<typeof call>>) =>
    answer.response !== undefined && answer.response.status < 300;
  const at = (...parts: readonly string[]) => parts.map((part) => `/${encodeURIComponent(part)}`).join('');
  return {
    auth: found.auth === 'lenient' || found.auth === 'off' ? found.auth : undefined,
    control: async (namespace, collection, id, name) =>
      isDone(await call('POST', at(api, collection, id, name), namespace, {})),
    advance: async (namespace, duration) =>
      isDone(await call('POST', '/clock', namespace, { advance: duration })),
    async insert(namespace, collection, record) {
      const answer = await call('POST', `/state${at(api, collection)}`, namespace, record);
      return isDone(answer) ? answer.response?.json?.value : undefined;
    },
    async remove(namespace, collection, id) {
      const answer = await call('DELETE', `/state${at(api, collection, id)}`, namespace);
      return isDone(answer) || answer.response?.status === 404;
    },
    async record(namespace, method, { collection, id }, body) {
      const path = `/state${id === undefined ? at(api, collection) : at(api, collection, id)}`;
      const { response: answer } = await call(method, path, namespace, body);
      return { status: answer?.status ?? 0, value: answer?.json?.value };
    },
    fire: async (namespace, event) => isDone(await call('POST', `/events${at(api, event)}`, namespace, {})),
    async settle(namespace) {
      await call('POST', '/deliveries/wait', namespace);
    },
    async drop(namespace) {
      await call('DELETE', `/namespaces${at(namespace)}`);
    },
  };
}
