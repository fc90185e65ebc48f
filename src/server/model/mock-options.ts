import type { TimeSource } from '../../clock.ts';
import type { CredentialExtension } from '../../openapi/document/extension.ts';
import type { DeliveryPolicy } from '../../webhooks/policy.ts';
import type { AuthMode } from '../auth/auth-mode.ts';
import type { Exchange } from '../message/exchange.ts';
import type { DeliveryListener } from './delivery-listener.ts';

/** How much later than at once answers come, in milliseconds; a pair is a range that is picked from by the seed. */
export type Latency = number | readonly [minimum: number, maximum: number];

/** A document that is at hand as an object rather than as a file. */
export interface InlineDocument {
  /** Mount name, `[a-z0-9-]+`. */
  readonly name: string;
  readonly document: unknown;
}

/** A document in a file, under a name of its own. */
export interface NamedDocument {
  /** Mount name, `[a-z0-9-]+`. */
  readonly name: string;
  /** Path of an OpenAPI document. */
  readonly file: string;
}

/** Where APIs answer beside their names: a path for the only one, or one by API. */
export type MountOption = string | Readonly<Record<string, string>>;

/** Options of `createMock`. Everything has a default; none is ever changed. */
export interface MockOptions {
  /** Names of bundled APIs, paths of OpenAPI documents, or documents as objects; default: all bundled ones. */
  readonly apis?: readonly (string | InlineDocument | NamedDocument)[] | undefined;
  /** Where APIs answer beside `/<name>`, such as `/api/v2`: a path for the only one, or one by API; the only one answers at `/` by default. */
  readonly mount?: MountOption | undefined;
  /** Listen on this port of 127.0.0.1 (0: any free one). Without it nothing listens: use `app` or `fetch`. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** PEM key and certificate: serve HTTPS. */
  readonly https?: { readonly key: string; readonly cert: string } | undefined;
  /** Everything generated follows from it; default 1. */
  readonly seed?: number | undefined;
  /** The clock of every new namespace stands still at this time (ISO 8601 or milliseconds). */
  readonly now?: string | number | undefined;
  /** How much faster than real time the clocks run; default 1. */
  readonly timeScale?: number | undefined;
  /** `false` starts empty; a path replaces the fixtures of the only API; a record names a file by API. */
  readonly fixtures?: boolean | string | Readonly<Record<string, string | false>> | undefined;
  /**
   * How many records a collection of a document of one's own begins with, which its clients can fill; default 0. One that
   * nothing can fill begins with 5, or as many. Where it is not 0, an id that nothing has made is a record made of it in all
   * collections, but for ids that are nobody's by their name, such as `none`, `unknown`, 0 or 9999.
   */
  readonly records?: number | undefined;
  /** Answer 404 for an id that nothing has made, also where nothing can make one; default: a record is made of the id. */
  readonly strictIds?: boolean | undefined;
  /** `state.json` keeps the state in that file, `data/` in a database in that folder; absent: in memory. */
  readonly data?: string | undefined;
  /** Origins of pages that may call, beside loopback ones. */
  readonly cors?: readonly string[] | undefined;
  /** Hosts to answer for, and to deliver webhooks to, beside loopback ones: `name`, `*.name`, an address or `*`, with or without `:port`. */
  readonly allowHosts?: readonly string[] | undefined;
  readonly latency?: Latency | undefined;
  /** How webhooks are delivered, from how the document says they are: other retries, another concurrency. */
  readonly deliveryPolicy?: ((policy: DeliveryPolicy) => DeliveryPolicy) | undefined;
  /**
   * Which credentials let in; default: `strict` (exact) where credentials are named and beyond loopback, else `lenient` (any that are
   * well-formed).
   */
  readonly auth?: AuthMode | undefined;
  /** Own credentials by API and security scheme. */
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, CredentialExtension>>>> | undefined;
  /** The status of requests that break the document, such as 422; default: 422 or 400, as each operation declares. */
  readonly invalidStatus?: number | undefined;
  /** Own settings by API, such as `{ hive: { check_delay: '5s' } }`. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  /** Asked for as `Authorization: Bearer <token>` by the admin API, when set. */
  readonly adminToken?: string | undefined;
  /** Where real time comes from; default: the system. */
  readonly time?: TimeSource | undefined;
  /** Told what a log should know: edits of the data file, failed background work. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
  /** Told of every exchange, as the journal has it. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Told of every delivery that changed, in any namespace, with the attempt that changed it. */
  readonly onDelivery?: DeliveryListener | undefined;
}

/** Something worth a line in the log that no caller asked for. */
export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}
