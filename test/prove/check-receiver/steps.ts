import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery, Reply } from './delivery.ts';
import type { Change, Store } from './store.ts';

/** An event as the receiver's code sees it. */
export interface Event extends Change {
  readonly type: string;
  /** Whether the receiver has code for events of this type. */
  readonly known: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a step that carries a delivery out has in hand. */
export interface Work {
  readonly event: Event;
  readonly store: Store;
  /** Ends the exchange early, for a receiver that answers before it works. */
  readonly answer: (reply: Reply) => void;
  readonly response: ServerResponse;
}

/** The way of a delivery through a receiver. A receiver with a bug is the right one with one of these steps changed. */
export interface Steps {
  /** Refuses by the head of the request alone. */
  readonly admit: (request: IncomingMessage) => Reply | undefined;
  /** Reads the whole body; undefined where it is too large. */
  readonly read: (request: IncomingMessage) => Promise<Buffer | undefined>;
  readonly verify: (delivery: Delivery) => boolean | Promise<boolean>;
  readonly refuse: () => Reply;
  /** Reads the event; undefined where the body makes no sense. */
  readonly parse: (delivery: Delivery) => Event | undefined;
  /** Answers a body that makes no sense. */
  readonly nonsense: () => Reply;
  /** What the receiver does with the fields of a known event. */
  readonly use: (event: Event) => Reply | undefined;
  /** Carries the event out, once, and keeps the newest state. */
  readonly keep: (work: Work) => Promise<Reply | undefined>;
  readonly accept: (event: Event) => Reply | Promise<Reply>;
  /** Answers when a step has thrown. */
  readonly fail: (error: unknown) => Reply;
}

/** The steps of the corpus, which verify by themselves and need not wait for a library. */
export type OwnSteps = Steps & { readonly verify: (delivery: Delivery) => boolean };

async function reply(
  steps: Steps,
  request: IncomingMessage,
  work: Omit<Work, 'event'> & { url: string },
): Promise<Reply> {
  const early = steps.admit(request);
  if (early) return early;
  const body = await steps.read(request);
  if (!body) return { status: 413, body: 'too large' };
  const delivery = { url: work.url, headers: request.headers, rawHeaders: request.rawHeaders, body };
  if (!(await steps.verify(delivery))) return steps.refuse();
  const event = steps.parse(delivery);
  if (!event) return steps.nonsense();
  const used = event.known ? steps.use(event) : undefined;
  return used ?? (await steps.keep({ ...work, event })) ?? (await steps.accept(event));
}

/** Takes one request the way of the steps, and answers it. `url` is the receiver's, as the sender knows it. */
export async function receive(
  steps: Steps,
  store: Store,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const answer = ({ status, headers = {}, body = '' }: Reply) => {
    if (!response.headersSent) response.writeHead(status, headers).end(body);
  };
  try {
    answer(await reply(steps, request, { store, answer, response, url }));
  } catch (error) {
    answer(steps.fail(error));
  }
  request.resume();
}
