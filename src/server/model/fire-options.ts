/** How an event is fired by hand. */
export interface FireOptions {
  /** A URL to deliver to; absent: every subscription that matches. */
  readonly to?: string | undefined;
  /** What signs a delivery to `to`. */
  readonly secret?: string | undefined;
  /** With `to`: deliver as to this subscription, whose secret and fields payload and signature then take. */
  readonly as?: { readonly collection: string; readonly id: string } | undefined;
  /** The payload; absent: the document's example, or one made by its schema. */
  readonly payload?: unknown;
  /** Which of the document's examples. */
  readonly example?: string | undefined;
  /** Varies the example. */
  readonly seed?: number | undefined;
  /** `false` lets a payload through that breaks the document. */
  readonly validate?: boolean | undefined;
  /** Fields to set in it, by path such as `data.amount`; or as texts such as `data.amount=5`. */
  readonly set?: Readonly<Record<string, unknown>> | readonly string[] | undefined;
}
