import type { IncomingMessage } from 'node:http';
import type { Delivery } from './delivery.ts';
import type { Event, OwnSteps, Work } from './steps.ts';

/** Larger than what any provider of these tests sends. */
const limit = 5_000_000;

/** What differs between the providers' right receivers. */
export interface Provider {
  readonly verify: (delivery: Delivery) => boolean;
  /** Reads the event out of the parsed body; undefined where it is none. */
  readonly read: (value: unknown, delivery: Delivery) => Event | undefined;
}

/** Reads up to a limit of bytes, and decodes nothing. */
export async function readBytes(request: IncomingMessage, most = limit): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
  }
  return length <= most ? Buffer.concat(chunks) : undefined;
}

/** Whether what is told is newer than what is known: a deleted thing stays deleted, an older change changes nothing. */
function isNews({ event, store }: Work): boolean {
  const known = event.key === null ? undefined : store.find(event.key);
  return event.known && (known === undefined || known.version < event.version);
}

/** Once for each delivery; nothing is awaited between the question and the effect, so that no other delivery comes between. */
async function keepOnce(work: Work): Promise<undefined> {
  const { event, store } = work;
  if (store.has(event.deliveryId)) return;
  if (isNews(work)) store.put(event);
  else store.count(event.deliveryId);
}

/** The steps of a right receiver. */
export function rightSteps({ verify, read }: Provider): OwnSteps {
  return {
    admit({ method, headers }) {
      if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
      const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      return mediaType === 'application/json' ? undefined : { status: 415 };
    },
    read: readBytes,
    verify,
    refuse: () => ({ status: 401, body: 'signature refused' }),
    parse(delivery) {
      try {
        return read(JSON.parse(delivery.body.toString('utf8')), delivery);
      } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    nonsense: () => ({ status: 400, body: 'not an event' }),
    use: () => undefined,
    keep: keepOnce,
    accept: () => ({ status: 200, body: 'ok' }),
    fail: () => ({ status: 500, body: 'internal error' }),
  };
}
