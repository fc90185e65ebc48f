import type { Pointer } from '../../json/json-pointer.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import type { Grade } from './grade.ts';
import type { Expectation } from './step.ts';

/** What a case asks of a webhook receiver; each is judged by checks of its own. */
export type ReceiverQuestion =
  /** An event of the document, rightly signed. */
  | 'event'
  /** What its provider did not sign so. */
  | 'forgery'
  /** The right signature among several. */
  | 'rotation'
  /** The same JSON in other bytes. */
  | 'bytes'
  /** Numbers that many languages round. */
  | 'number'
  | 'stale'
  | 'future'
  | 'duplicate'
  /** What the document does not know. */
  | 'unknown'
  | 'order'
  | 'shape'
  /** Rightly signed, and no event. */
  | 'nonsense'
  /** By a probe: whether an event works once. */
  | 'effect'
  /** By a probe: whether the newest state stays. */
  | 'state'
  /** By a probe: whether what is refused leaves no trace. */
  | 'untouched'
  /** By a probe and a kill: whether an event is stored before it is answered. */
  | 'stored';

/** How the headers of a delivery are made to differ from those that its provider would send. */
export type Forgery =
  /** Without any header that proves the sender. */
  | 'unsigned'
  /** The proof's header without a value. */
  | 'emptied'
  /** The proof's header without the signature behind its prefix. */
  | 'bare'
  /** The first half of the signature. */
  | 'halved'
  /** One character more than the signature. */
  | 'longer'
  /** Another character near the end of the signature. */
  | 'end-changed'
  /** One letter of the signature in the other case. */
  | 'case-changed'
  /** Signed by an older algorithm alone. */
  | 'weaker'
  /** Signed with an empty key. */
  | 'empty-key';

/** One delivery to a receiver: what is sent, and how it strays from what its provider would send. */
export interface ReceiverDelivery {
  /** In words: `the same again`. */
  readonly name: string;
  readonly event: string;
  readonly policy: DeliveryPolicy;
  readonly expect: Expectation;
  /** Of the delivery; the same in each attempt. */
  readonly id: string;
  readonly subscriptionId: string;
  /** The exact bytes. */
  readonly body: Uint8Array;
  /** These are signed in the place of the body. */
  readonly signed?: Uint8Array;
  readonly secrets: readonly string[];
  /** Seconds before the present that it is stamped; NaN: what is stamped is no number. */
  readonly age?: number;
  readonly forgery?: Forgery;
  /** Beside what its provider sends, or over it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How the names of its headers are written. */
  readonly spelling?: 'lower' | 'upper';
  /** In chunks of HTTP's own. */
  readonly chunked?: boolean;
  /** Cut before this byte into two packets, the second after so many milliseconds. */
  readonly cut?: { readonly at: number; readonly pause: number };
  /** How many are sent at the same time; default one. */
  readonly times?: number;
  /** The connection is broken as soon as it is sent. */
  readonly hangsUp?: boolean;
}

/** What a case about a receiver does, in the place of steps. */
export interface ReceiverScript {
  readonly question: ReceiverQuestion;
  readonly deliveries: readonly ReceiverDelivery[];
  /** The fact of the document that it rests on. */
  readonly fact: Pointer;
  /** Where it binds less than its check does. */
  readonly grade?: Grade;
  /** For a probe: the deliveries by what they are to be compared as, each with the texts and numbers that only it has. */
  readonly arms?: readonly ReceiverArm[];
  /** The receiver is killed, and started again, after its last answer. */
  readonly kills?: boolean;
  /** What the probe must hold, and what stands there where it was rounded. */
  readonly kept?: { readonly exact: string; readonly rounded: string };
}

export interface ReceiverArm {
  /** How many deliveries of the script. */
  readonly deliveries: number;
  /** What differs from arm to arm by intent, in the same order in each. */
  readonly tokens: readonly (string | number)[];
}

/** What a probe told, once it stood still. */
export interface ProbeReading {
  readonly text: string;
  readonly json: unknown;
}

/** What came of a case about a receiver, beside its exchanges. */
export interface ReceiverRun {
  /** Of each exchange, by its index: the delivery it was, and how many milliseconds it took. */
  readonly deliveries: readonly { readonly delivery: ReceiverDelivery; readonly milliseconds: number }[];
  /** Before the first arm and after each. */
  readonly readings: readonly ProbeReading[];
}
