import { randomBytes } from 'node:crypto';
import {
  createReceiver,
  type ReceivedRequest,
  type ReceiverAnswer,
} from '../../../receiver/create-receiver.ts';
import type { Arrival } from '../../model/webhook-run.ts';

/** How the run is reached by what a server sends by itself. */
export interface WebhookReceiverOptions {
  /** Where the server under test finds the receiver, such as a tunnel's address; default: its own, which this machine reaches. */
  readonly url?: string | undefined;
  /** The port it listens on; default: any free one. */
  readonly port?: number | undefined;
  /** Milliseconds in which a delivery must arrive, where time is not the run's to steer; default 5 seconds. */
  readonly patience?: number | undefined;
  /** Milliseconds after which nothing more is taken to come; default a second, on this machine a fifth of one. */
  readonly quiet?: number | undefined;
  /** Resolves when all that is due has been delivered, instead of waiting; for servers that can tell. */
  readonly settle?: (() => Promise<void>) | undefined;
}

/** An arrival before it is known what it should have been. */
export type ArrivedWebhook = Omit<Arrival, 'verification'>;

/** The addresses of one case, and what arrived there. */
export interface WebhookInbox {
  readonly webhooks: readonly ArrivedWebhook[];
  /** Which checkpoint what arrives from now on belongs to. */
  checkpoint: number;
  /** What the own address answers, by the body that arrived and what had arrived there before. */
  answer: (text: string, earlier: readonly ArrivedWebhook[]) => ReceiverAnswer;
  urlOf(address: Arrival['address'] | 'spare'): string;
  /** Resolves once so many webhooks are there, or the time in milliseconds is over. */
  until(count: number, milliseconds: number): Promise<void>;
  close(): void;
}

/** A receiver with an address of its own for each case. */
export interface WebhookReceiver {
  readonly patience: number;
  readonly quiet: number;
  readonly settle: (() => Promise<void>) | undefined;
  open(): WebhookInbox;
  close(): Promise<void>;
}

const place = /\/([0-9a-f]{16})\/(own|other|redirected|spare)(?:[/?]|$)/;

/**
 * Starts the receiver of a run.
 *
 * @throws SparringError `port-in-use`
 */
export async function openWebhookReceiver(options: WebhookReceiverOptions = {}): Promise<WebhookReceiver> {
  const inboxes = new Map<
    string,
    (address: string, request: Omit<ReceivedRequest, 'status'>) => ReceiverAnswer
  >();
  const receiver = await createReceiver({
    ...(options.port !== undefined && { port: options.port }),
    answer(request) {
      const [, token = '', address = ''] = place.exec(request.path) ?? [];
      return inboxes.get(token)?.(address, request) ?? {};
    },
  });
  receiver.on(() => receiver.clear());
  const base = (options.url ?? receiver.url).replace(/\/+$/, '');
  return {
    patience: options.patience ?? 5000,
    quiet: options.quiet ?? (options.url === undefined ? 200 : 1000),
    settle: options.settle,
    open() {
      // Nobody knows it but who is told: what an earlier run left under way must not arrive here.
      const token = randomBytes(8).toString('hex');
      const inbox = createMailbox(`${base}/${token}`, () => inboxes.delete(token));
      inboxes.set(token, inbox.take);
      return inbox.inbox;
    },
    close: () => receiver.close(),
  };
}

function createMailbox(base: string, close: () => void) {
  const webhooks: ArrivedWebhook[] = [];
  const waiting = new Set<() => void>();
  const urlOf: WebhookInbox['urlOf'] = (address) => `${base}/${address}`;
  const inbox: WebhookInbox = { webhooks, checkpoint: 0, answer: () => ({}), urlOf, until, close };

  function take(address: string, request: Omit<ReceivedRequest, 'status'>): ReceiverAnswer {
    if (address !== 'own' && address !== 'other' && address !== 'redirected') return {};
    const { at, body, headers, json, method, text } = request;
    const earlier = webhooks.filter((webhook) => webhook.address === address);
    const answer = address === 'own' ? inbox.answer(text, earlier) : {};
    const status = answer.status ?? 200;
    const url = urlOf(address);
    webhooks.push({
      checkpoint: inbox.checkpoint,
      address,
      method,
      url,
      headers,
      body,
      text,
      json,
      at,
      status,
    });
    for (const look of [...waiting]) look();
    return answer;
  }

  function until(count: number, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      const look = () => void (webhooks.length >= count && end());
      waiting.add(look);
      look();
    });
  }

  return { inbox, take };
}
