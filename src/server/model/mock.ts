import type { Clock } from '../../clock.ts';
import type { AttemptEntry } from '../../model/attempt.ts';
import type { DeliveryEntry, DeliveryFilter } from '../../model/delivery.ts';
import type { EventEntry } from '../../model/event.ts';
import type { RecordValue } from '../../model/record.ts';
import type { RecordTypes } from '../../providers/model/record-types.ts';
import type { StateDump } from '../../state/state-dump.ts';
import type { EmitterFaults } from '../../webhooks/emitter-faults.ts';
import type { AuthMode } from '../auth/auth-mode.ts';
import type { Faults } from '../traffic/faults.ts';
import type { Journal } from '../traffic/journal.ts';
import type { DeliveryListener } from './delivery-listener.ts';
import type { FireOptions } from './fire-options.ts';
import type { NodeHandler } from './node-handler.ts';

/** One API as a mock serves it. */
export interface MockApi {
  readonly name: string;
  readonly title: string;
  /** Where it answers. */
  readonly url: string;
  /** Absolute paths of the document's files. */
  readonly files: readonly string[];
  /** Which credentials let in: the exact ones, any that are well-formed, or none is asked for. */
  readonly auth: AuthMode;
  /** The demo credentials in words, such as `basic key:secret`. */
  readonly credentials: string;
  /** A curl line that works as it is. */
  readonly curl: string;
}

/** The records of one collection, read and written from outside a request. Writes commit as a unit of work each. */
export interface Records<T = RecordValue> {
  get(id: string | number): T | undefined;
  /** In creation order, oldest first. */
  list(): readonly T[];
  /** In the same order. */
  ids(): readonly string[];
  count(): number;
  /** Adds a record as given; resolves when it is durable. Throws `conflict` when its id is taken. */
  insert(record: T): Promise<T>;
  /** Merges fields into a record. Throws `record-not-found`. */
  update(id: string | number, fields: Partial<T>): Promise<T>;
  /** Resolves with whether there was one. */
  delete(id: string | number): Promise<boolean>;
}

/** The types of a bundled API's records by collection; of any other API's, plain objects. */
export type RecordOf<Api extends string, Collection extends string> = Api extends keyof RecordTypes
  ? Collection extends keyof RecordTypes[Api]
    ? RecordTypes[Api][Collection]
    : RecordValue
  : RecordValue;

/** A request of the emitter as it goes out. */
export interface PreparedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The webhooks of one namespace. All times are milliseconds since the Unix epoch; the admin API writes the same ones as ISO 8601. */
export interface MockWebhooks {
  /**
   * Fires an event by hand, to its subscribers or to one URL; resolves with the deliveries it makes, once they are durable.
   * Throws `unknown-api`, `unknown-webhook`, `unknown-example`, `invalid-request` for a callback without a URL, or `payload-invalid` for a
   * payload that breaks the document.
   */
  fire(api: string, event: string, options?: FireOptions): Promise<readonly DeliveryEntry[]>;
  /** The requests that `fire` would send, stamped and signed now; sends nothing. Throws as `fire` does. */
  preview(api: string, event: string, options?: FireOptions): Promise<readonly PreparedRequest[]>;
  /** Newest first. */
  deliveries(filter?: DeliveryFilter): readonly DeliveryEntry[];
  count(filter?: DeliveryFilter): number;
  /** The collections of an API whose records subscribe to its webhooks. */
  subscriptions(api: string): readonly string[];
  /** Of one delivery, in their order. */
  attempts(delivery: string): readonly AttemptEntry[];
  /** Delivers again, with the same id and bytes. Throws `record-not-found`. */
  resend(delivery: string): Promise<DeliveryEntry>;
  /** Makes no more attempts. Throws `record-not-found`. */
  cancel(delivery: string): Promise<DeliveryEntry>;
  /** Resolves when no attempt is under way and none is due. */
  whenIdle(): Promise<void>;
  /** Makes all that waits due now, and resolves when it has been attempted. */
  drain(): Promise<void>;
  /** Tells of every delivery that changed, with the attempt that changed it; returns how to stop. */
  on(event: 'delivery', listener: DeliveryListener): () => void;
  readonly faults: EmitterFaults;
}

/** All state of one test or person. */
export interface MockNamespace {
  readonly name: string;
  /** The header that makes a request belong here. */
  readonly headers: Readonly<Record<'sparring-namespace', string>>;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly webhooks: MockWebhooks;
  /** `records('hive', 'customers').get(id)` */
  records<Api extends string, Collection extends string>(
    api: Api,
    collection: Collection,
  ): Records<RecordOf<Api, Collection>>;
  /** What the units of work of this namespace have told, oldest first; the latest thousand. */
  events(): readonly EventEntry[];
  /** The whole state, by API and collection, in creation order. */
  readonly state: { dump(): StateDump; replace(state: StateDump): Promise<void> };
  /** Runs what stands in for the outside world: `control('hive', 'sessions', id, 'complete')`. */
  control(api: string, collection: string, id: string, name: string, body?: unknown): Promise<RecordValue>;
  /** Back to the fixtures, the clock included; the journal is emptied. */
  reset(): Promise<void>;
  snapshot(name: string): void;
  restore(name: string): Promise<void>;
}

/** A running mock; its own members are the default namespace's. */
export interface Mock extends MockNamespace {
  /** Where it listens, or the origin that `fetch` stands in for when it does not. */
  readonly url: string;
  readonly apis: readonly MockApi[];
  /** The handler `(req, res, next)`: for supertest, for `http.createServer`, or in anybody's Express app. */
  readonly app: NodeHandler;
  /** As the Fetch API's, without a socket; a relative URL is one of this mock. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Another namespace, made from the fixtures on first use. */
  namespace(name: string): Promise<MockNamespace>;
  /** Loads an API's document again; its state stays. Throws, and goes on as before, when it no longer loads. */
  reload(api: string): Promise<void>;
  /** Lets running requests end, stores what waits, stops listening. */
  close(): Promise<void>;
}
