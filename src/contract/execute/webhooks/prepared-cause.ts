import type { WebhookChange } from '../../model/webhook-run.ts';

/** What happened; `exchange` is the index of the call that did it, -1 where it was none of the API's. */
export interface Happened {
  readonly change: WebhookChange | undefined;
  readonly exchange: number;
}

/** Something that is about to be made to happen; all that it needs is there already. It throws `NotPossible` where it cannot. */
export interface PreparedCause {
  /** In words: `createOrder was called`. */
  readonly what: string;
  act(): Promise<Happened>;
  /** The change with the record as it is read afterwards. */
  look(happened: Happened): Promise<WebhookChange | undefined>;
  /** Tries the same in a way that is refused; undefined where it was not, or cannot be. */
  refuse(): Promise<Pick<Happened, 'exchange'> | undefined>;
}
