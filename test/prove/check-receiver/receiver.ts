import type { Subject } from './providers.ts';
import type { OwnSteps, Steps } from './steps.ts';

/** The families of checks that a receiver is put to. */
export type Family =
  | 'events'
  | 'signature'
  | 'raw bytes'
  | 'time stamps'
  | 'duplicates'
  | 'unknown'
  | 'order'
  | 'sizes'
  | 'nonsense'
  | 'answers'
  | 'kill'
  | 'handshake';

/** A receiver with one bug: the right one of its subject, with a step or two changed. */
export interface Bug {
  readonly name: string;
  /** One line: what it does wrong. */
  readonly bug: string;
  /** Which checks should find it. */
  readonly family: Family;
  /** `probe`: only what the receiver keeps shows it. `told`: good practice, which fails no run by itself. */
  readonly seen?: 'probe' | 'told' | 'kill';
  readonly subject: Subject;
  readonly change: (right: OwnSteps, secret: string) => Partial<Steps>;
}
